/** The conditions of a Choice with so many rules that to read each of them would keep requests waiting. */

import { isObject, type Json, jsonText } from '../json.ts';
import { type JsonataExpression, readInJson } from './expression.ts';

type Conditions = readonly (boolean | JsonataExpression)[];

const known = new WeakMap<readonly Json[], Conditions>();

/** Returns the conditions of rules that were checked. The first expression reads what any of them reads. */
export function conditionsTogether(rules: Json[]): Conditions {
  const conditions = known.get(rules) ?? conditionsOf(rules);
  known.set(rules, conditions);
  return conditions;
}

function conditionsOf(rules: Json[]): Conditions {
  const whole = readInJson(jsonText(rules));
  const nothing = { ...whole, variables: [], parts: [] };
  let reading = whole;
  return rules.map((rule, index) => {
    const condition = isObject(rule) ? rule.Condition : false;
    if (typeof condition !== 'string') return condition === true;
    const text = condition.slice(2, -2).trim();
    const expression: JsonataExpression = {
      kind: 'jsonata',
      text,
      field: `Choices[${index}]/Condition`,
      names: undefined,
      ...reading,
    };
    reading = nothing;
    return expression;
  });
}
