import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';

/** Where alarms and the figures of each run are sent. */
export class Messages extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { mailTo, hub }: Configuration) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { topicName: 'rolecall', displayName: 'rolecall' });
    this.topic.addSubscription(new EmailSubscription(mailTo));
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsTell',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': hub.account } },
      }),
    );
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'RefuseWithoutTls',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  }
}
