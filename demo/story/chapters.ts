import type { Chapter } from './chapter.ts';
import { dormantRemoved, wildcardsNarrowed } from './clean_up.ts';
import { publicByUrl } from './exposure_changes.ts';
import { accountMoves, guardrailChanges } from './guardrails_move.ts';
import { paths } from './paths.ts';
import { policiesChange, roleCloned } from './permissions_change.ts';
import { boundaryRemoved, roleRecreated, trustOpens } from './roles_change.ts';
import { sharedAdminSpreads } from './shared_admin_spreads.ts';
import { standingFacts } from './standing_facts.ts';
import { accountSuspended, accountUnreadable, regionDenied } from './unreadable.ts';
import { actionMisspelt, grantedAndUnused } from './usage.ts';

/** Everything that happens to the organization in six weeks. */
export const chapters: readonly Chapter[] = [
  sharedAdminSpreads,
  boundaryRemoved,
  roleCloned,
  accountUnreadable,
  trustOpens,
  regionDenied,
  publicByUrl,
  accountMoves,
  policiesChange,
  guardrailChanges,
  roleRecreated,
  accountSuspended,
  wildcardsNarrowed,
  dormantRemoved,
  standingFacts,
  paths,
  grantedAndUnused,
  actionMisspelt,
];
