import {
  GetMicrovmCommand,
  GetMicrovmImageVersionCommand,
  LambdaMicrovmsClient,
  paginateListMicrovmImages,
  paginateListMicrovms,
} from '@aws-sdk/client-lambda-microvms';
import { z } from 'zod';
import { optionalText, optionalTime, pick, tagObject } from '../answer.ts';
import type { Found } from '../found.ts';
import { foundOf } from '../gone.ts';
import { type Listing, type Origin, originOf } from '../listing.ts';
import { tagColumns } from '../ownership.ts';
import { workloadRow } from '../workload_row.ts';

/** As GetMicrovmImageVersion gives it; of its environment only the names leave. */
const image = z.object({
  imageArn: z.string(),
  buildRoleArn: optionalText,
  createdAt: optionalTime,
  updatedAt: optionalTime,
  tags: tagObject,
  environmentVariables: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((variables) => Object.keys(variables ?? {}).sort()),
});

/** As GetMicrovm gives it. */
const microvm = z.object({
  microvmId: z.string(),
  imageArn: z.string(),
  state: optionalText,
  executionRoleArn: optionalText,
  startedAt: optionalTime,
});

const answer = z
  .object({ images: z.array(image).optional(), microvms: z.array(microvm).optional() })
  .refine(({ images, microvms }) => images !== undefined || microvms !== undefined, {
    message: 'expected images or microvms',
  });

const imageRow = (one: z.infer<typeof image>, from: Origin) =>
  workloadRow(from, {
    function_arn: one.imageArn,
    kind: 'microvm_image',
    function_name: one.imageArn.split(':').at(-1) ?? '',
    role_arn: one.buildRoleArn,
    last_modified: one.updatedAt ?? one.createdAt,
    environment_names: one.environmentVariables,
    ...tagColumns(one.tags),
  });

/** AWS gives a MicroVM an id only; its ARN follows the pattern of its image. */
const microvmRow = (one: z.infer<typeof microvm>, from: Origin) =>
  workloadRow(from, {
    function_arn: one.imageArn.replace(/:\d*:microvm-image:.*$/, `:${from.accountId}:microvm:${one.microvmId}`),
    kind: 'microvm',
    function_name: one.microvmId,
    role_arn: one.executionRoleArn,
    last_modified: one.startedAt,
  });

async function* liveImages(client: LambdaMicrovmsClient): AsyncIterable<unknown> {
  for await (const { items = [] } of paginateListMicrovmImages({ client }, {})) {
    for (const { imageArn, latestActiveImageVersion } of items) {
      if (latestActiveImageVersion === undefined) continue;
      const asked = { imageIdentifier: imageArn, imageVersion: latestActiveImageVersion };
      yield { images: await foundOf(client.send(new GetMicrovmImageVersionCommand(asked))) };
    }
  }
}

async function* liveMicrovms(client: LambdaMicrovmsClient): AsyncIterable<unknown> {
  for await (const { items = [] } of paginateListMicrovms({ client }, {})) {
    for (const { microvmId, state } of items) {
      if (state === 'TERMINATED') continue;
      yield { microvms: await foundOf(client.send(new GetMicrovmCommand({ microvmIdentifier: microvmId }))) };
    }
  }
}

/** MicroVM images with the role they are built with, and MicroVMs with the role they run as; the lists name no roles. */
export const microvms: Listing = {
  resources: ['microvms'],
  scope: 'region',
  actions: ['lambda:ListMicrovmImages', 'lambda:GetMicrovmImageVersion', 'lambda:ListMicrovms', 'lambda:GetMicrovm'],
  required: false,
  exported: { file: '{region}/microvms.json' },
  async *live(session, place) {
    const client = session.client(LambdaMicrovmsClient, place.region);
    for await (const given of liveImages(client)) yield this.parse(given, originOf(place, 'lambda:ListMicrovmImages'));
    for await (const given of liveMicrovms(client)) yield this.parse(given, originOf(place, 'lambda:ListMicrovms'));
  },
  parse(given, from): Found {
    const { images = [], microvms: running = [] } = pick(answer, given, from.where);
    const alive = running.filter(({ state }) => state !== 'TERMINATED');
    return {
      microvms: [...images.map((one) => imageRow(one, from)), ...alive.map((one) => microvmRow(one, from))],
    };
  },
};
