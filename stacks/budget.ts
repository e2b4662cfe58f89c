import { BudgetsBudget } from '@cdktf/provider-aws/lib/budgets-budget/index.js';
import { Construct } from 'constructs';
import type { Site } from './site.ts';

/** When the operator is notified: percent of the amount, spent or expected for the month. */
const alarms = [
  { notificationType: 'ACTUAL', threshold: 80 },
  { notificationType: 'FORECASTED', threshold: 100 },
];

/**
 * A budget of the whole account, since AWS counts a stage separately only after its tags were activated for billing. It only
 * notifies; `maxDailyCostUsd` ends a day.
 */
export class Budget extends Construct {
  constructor(scope: Construct, { config, names }: Site, topicArn: string) {
    super(scope, 'budget');
    if (config.monthlyBudgetUsd === undefined) return;
    new BudgetsBudget(this, 'month', {
      name: names.named('month'),
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      limitAmount: String(config.monthlyBudgetUsd),
      limitUnit: 'USD',
      notification: alarms.map((alarm) => ({
        ...alarm,
        comparisonOperator: 'GREATER_THAN',
        thresholdType: 'PERCENTAGE',
        subscriberSnsTopicArns: [topicArn],
      })),
    });
  }
}
