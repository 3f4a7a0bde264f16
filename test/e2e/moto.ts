import { type Emulator, startEmulator } from './emulators.ts';

/** Moto, which creates the roles of service-managed StackSets and knows AWS-managed policies, and checks no permission. */
export const startMoto = (): Promise<Emulator> =>
  startEmulator({
    name: 'moto',
    program: 'moto_server',
    arguments: (port) => ['-H', '127.0.0.1', '-p', String(port)],
    environment: () => ({ MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' }),
    resetPath: '/moto-api/reset',
  });
