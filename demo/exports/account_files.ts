import { regions } from '../organization/accounts.ts';
import type { Account, LambdaFunction } from '../organization/model.ts';
import { authorizationDetails } from './authorization_details.ts';
import { aliasList, functionList, versionList } from './functions.ts';
import { eventSourceMappings, functionPolicy, taggedResources, urlConfigs } from './invokers.ts';
import { capacityProviderList, microvmFile } from './other_workloads.ts';
import { lastAccessedFiles } from './service_last_accessed.ts';

/** Text is written as it is, anything else as the AWS CLI prints JSON. */
export type Files = Readonly<Record<string, unknown>>;

/** Files of one account, by path below its folder. */
export function accountFiles(account: Account, date: string, isDenied: (region: string) => boolean): Files {
  const ofRegions = regions.map((region) => regionFiles(account, region, isDenied(region)));
  return Object.assign(
    { 'authorization-details.json': authorizationDetails(account, date), ...lastAccessedFiles(account, date) },
    ...ofRegions,
  );
}

/** A folder with a file for each function that has a policy; a region may have none of them. */
export const policiesFolder = 'policies';

function regionFiles(account: Account, region: string, denied: boolean): Files {
  if (denied) return { [`${region}/functions.json`]: deniedText(account) };
  const functions = account.functions.filter((each) => each.region === region);
  const images = account.microvmImages.filter((each) => each.region === region);
  const files: Files = {
    'functions.json': functionList(functions),
    'event-source-mappings.json': eventSourceMappings(functions),
    'tags.json': taggedResources([...functions, ...images]),
    'microvms.json': microvmFile(account, region),
    'capacity-providers.json': capacityProviderList(account, region),
    ...Object.assign({}, ...functions.map(filesOfFunction)),
  };
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [`${region}/${path}`, content]));
}

function filesOfFunction(of: LambdaFunction): Files {
  const files: Record<string, unknown> = {
    [`versions/${of.name}.json`]: versionList(of),
    [`aliases/${of.name}.json`]: aliasList(of),
    [`urls/${of.name}.json`]: urlConfigs(of),
  };
  for (const [qualifier, document] of Object.entries(of.policies)) {
    const name = qualifier === '' ? of.name : `${of.name}.${qualifier}`;
    files[`${policiesFolder}/${name}.json`] = functionPolicy(of, qualifier, document);
  }
  return files;
}

/** What the CLI says instead of JSON when a control policy forbids the call, as `> file 2>&1` keeps it. */
const deniedText = (account: Account): string =>
  `\nAn error occurred (AccessDeniedException) when calling the ListFunctions operation: User: arn:aws:sts::${account.id}:assumed-role/security-audit/export is not authorized to perform: lambda:ListFunctions on resource: * with an explicit deny in a service control policy\n`;
