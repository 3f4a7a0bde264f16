import { join } from 'node:path';
import { type Emulator, startEmulator } from './emulators.ts';

/** The management account of its organization; its root's keys are `test` and `test`, a member's its id and `test`. */
export const hubAccount = '123456789012';

/** Ministack, which checks signatures, trust policies, external ids and identity policies. */
export const startMinistack = (): Promise<Emulator> =>
  startEmulator({
    name: 'ministack',
    program: 'ministack',
    arguments: () => [],
    environment: (port, folder) => ({
      AUTH: 'true',
      MINISTACK_ACCOUNT_ID: hubAccount,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      SFTP_ENABLED: '0',
      IOT_MTLS_ENABLED: '0',
      STATE_DIR: join(folder, 'state'),
      S3_DATA_DIR: join(folder, 's3'),
    }),
    resetPath: '/_ministack/reset',
  });
