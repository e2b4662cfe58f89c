/** Choice: rules with a comparison in JSONPath or a Condition in JSONata. */

import { compileTest, type ReportRule, type Test } from '../choice.ts';
import type { Json } from '../json.ts';
import type { JsonataExpression } from '../jsonata/expression.ts';
import { isChecking, unchecked } from '../work.ts';
import type { Fields } from './fields.ts';
import type { ChoiceRule, ChoiceState } from './model.ts';
import { assignField, dataFields } from './shared-fields.ts';

export function parseChoice(name: string, fields: Fields): ChoiceState {
  fields.require('Choices');
  const rules = fields.list('Choices') ?? [];
  if (fields.has('Choices') && rules.length === 0) fields.report('Value cannot be empty', 'Choices');
  return {
    type: 'Choice',
    ...dataFields(fields),
    name,
    assign: assignField(fields),
    next: undefined,
    rules,
    choice: rulesOf(fields, rules),
    otherwise: fields.text('Default'),
  };
}

function rulesOf(fields: Fields, rules: readonly Json[]): ChoiceState['choice'] {
  const read = (index: number) => {
    const rule = rules[index];
    return rule === undefined ? undefined : parseRule(fields, rule, `Choices[${index}]`);
  };
  if (isChecking()) {
    const parsed = rules.map((_, index) => read(index));
    return (index) => parsed[index];
  }
  const known = new Map<number, ChoiceRule | undefined>();
  return (index) => {
    const rule = known.get(index) ?? unchecked(() => read(index));
    known.set(index, rule);
    return rule;
  };
}

function parseRule(fields: Fields, rule: Json, place: string): ChoiceRule {
  const inner = fields.below(rule, place);
  const next = inner.text('Next');
  inner.require('Next');
  const parsed = {
    test: fields.jsonata
      ? () => false
      : readTest(rule, (problem, where) => fields.report(problem, `${place}${where}`)),
    condition: fields.jsonata && condition(inner),
    next: next ?? '',
    output: fields.jsonata ? inner.template('Output') : undefined,
    assign: assignField(inner),
  };
  // In JSONPath, operators are also fields of the rule, and compileTest checks them.
  if (fields.jsonata) inner.refuseOthers();
  return parsed;
}

/** Compiles the test of a rule, or that of an accepted definition when it is needed. */
function readTest(rule: Json, report: ReportRule): Test {
  if (isChecking()) return compileTest(rule, report);
  let test: Test | undefined;
  return (scope) => {
    test ??= unchecked(() => compileTest(rule, report));
    return test(scope);
  };
}

function condition(rule: Fields): boolean | JsonataExpression {
  if (typeof rule.raw('Condition') === 'boolean') return rule.flag('Condition') ?? false;
  rule.require('Condition');
  const expression = rule.textOrJsonata('Condition');
  if (typeof expression === 'string')
    rule.report('The value must be a JSONata expression, true or false', 'Condition');
  return typeof expression === 'object' ? expression : false;
}
