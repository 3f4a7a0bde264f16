import { paginateGetResources, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { z } from 'zod';
import { pick, tagList } from '../answer.ts';
import { type Listing, originOf } from '../listing.ts';
import { tagColumns } from '../ownership.ts';

const answer = z.object({ ResourceTagMappingList: z.array(z.object({ ResourceARN: z.string(), Tags: tagList })) });

/** Tags of everything Lambda, a hundred resources a request; ListTags would take a request each. */
export const functionTags: Listing = {
  resources: ['function_tags'],
  scope: 'region',
  actions: ['tag:GetResources'],
  required: false,
  exported: { file: '{region}/tags.json' },
  async *live(session, place) {
    const client = session.client(ResourceGroupsTaggingAPIClient, place.region);
    const asked = { ResourceTypeFilters: ['lambda'], ResourcesPerPage: 100 };
    for await (const page of paginateGetResources({ client }, asked)) {
      yield this.parse(page, originOf(place, 'tag:GetResources'));
    }
  },
  parse(given, { where }) {
    const { ResourceTagMappingList } = pick(answer, given, where);
    return {
      function_tags: ResourceTagMappingList.map(({ ResourceARN, Tags }) => ({
        arn: ResourceARN,
        columns: tagColumns(Tags),
      })),
    };
  },
};
