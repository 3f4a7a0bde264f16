/** Workloads, by what can be done to them. */
export type Kind = 'code' | 'signed_code' | 'layers' | 'functions' | 'images' | 'microvms';

/**
 * A way to make code run as a role. Pages: Service Authorization Reference, Actions for AWS Lambda and for
 * AWS Lambda MicroVMs; Using code signing to verify code integrity.
 */
export interface Method {
  readonly name: string;
  /** What takes control, and of which workloads; null when it makes a new one. */
  readonly control: { readonly action: string; readonly of: Kind | null };
  /** The role is passed and not the workload’s own. */
  readonly passes?: true;
  /** One of them starts what was made. */
  readonly starts?: readonly string[];
  /** Only what the code is given can be chosen, not the code. */
  readonly onlyInput?: true;
  /** What stands in the way of all workloads of the kind. */
  readonly missing?: string;
}

const CODE_SIGNING =
  'a package with a trusted signature: the functions have a code signing configuration that enforces it';
const START = ['lambda:InvokeFunction', 'lambda:CreateEventSourceMapping', 'lambda:AddPermission'];

export const methods: readonly Method[] = [
  { name: 'UpdateFunctionCode', control: { action: 'lambda:UpdateFunctionCode', of: 'code' } },
  {
    name: 'UpdateFunctionCode',
    control: { action: 'lambda:UpdateFunctionCode', of: 'signed_code' },
    missing: CODE_SIGNING,
  },
  {
    name: 'UpdateFunctionConfiguration (layer)',
    control: { action: 'lambda:UpdateFunctionConfiguration', of: 'layers' },
  },
  {
    name: 'UpdateFunctionConfiguration + PassRole',
    control: { action: 'lambda:UpdateFunctionConfiguration', of: 'functions' },
    passes: true,
  },
  {
    name: 'CreateFunction + PassRole',
    control: { action: 'lambda:CreateFunction', of: null },
    passes: true,
    starts: START,
  },
  { name: 'AddPermission', control: { action: 'lambda:AddPermission', of: 'functions' } },
  { name: 'PutResourcePolicy', control: { action: 'lambda:PutResourcePolicy', of: 'functions' } },
  {
    name: 'CreateEventSourceMapping',
    control: { action: 'lambda:CreateEventSourceMapping', of: 'functions' },
    onlyInput: true,
  },
  { name: 'RunMicrovm + PassRole', control: { action: 'lambda:RunMicrovm', of: null }, passes: true },
  { name: 'CreateMicrovmImage + PassRole', control: { action: 'lambda:CreateMicrovmImage', of: null }, passes: true },
  { name: 'UpdateMicrovmImage', control: { action: 'lambda:UpdateMicrovmImage', of: 'images' } },
  {
    name: 'CreateMicrovmShellAuthToken',
    control: { action: 'lambda:CreateMicrovmShellAuthToken', of: 'microvms' },
  },
];
