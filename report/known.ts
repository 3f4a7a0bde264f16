import { text } from './cell.ts';
import { answerNames, type ReportData } from './data.ts';

/** What the answers tell about functions and roles beside what they were asked for. */
export interface Known {
  /** ARNs of roles that may do anything. */
  readonly admins: ReadonlySet<string>;
  /** Owning team by ARN. */
  readonly teams: ReadonlyMap<string, string>;
}

/** Gathers owners and admins from every answer that names them. */
export function knownFrom(data: ReportData): Known {
  const rows = answerNames.flatMap((name) => data[name].rows);
  const admins = rows.flatMap((row) => (row.is_admin === true ? [text(row.role_arn)] : []));
  const teams = rows.flatMap((row) => {
    if (row.owner_team) return [[text(row.role_arn), text(row.owner_team)] as const];
    const arn = text(row.function_arn) || text(row.resource_arn);
    return row.team && arn ? [[arn, text(row.team)] as const] : [];
  });
  return { admins: new Set(admins), teams: new Map(teams) };
}
