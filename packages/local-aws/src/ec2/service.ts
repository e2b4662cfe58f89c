import type { Account } from '../account.ts';
import { asAwsError, notInTheLocalCloud } from '../protocol/aws-error.ts';
import { readBody } from '../protocol/body.ts';
import { requestIdOf, sendQueryError, sendXml } from '../protocol/responses.ts';
import { element, type XmlObject } from '../protocol/xml.ts';
import type { Service } from '../service.ts';
import { describeReservation, describeSpotRequest, describeState } from './descriptions.ts';
import { filterInstances, namedInstances } from './filters.ts';
import { Form } from './form.ts';
import type { Instance } from './instance.ts';
import type { Machines } from './machines.ts';
import { type HasCapacity, instanceFor, readTags } from './run-instances.ts';

interface Options {
  account: Account;
  machines: Machines;
  hasCapacity?: HasCapacity;
}

const maxRequest = 256 * 1024;
const namespace = ' xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"';

/** Serves EC2's Query API for the machines of this cloud. */
export function createEc2Service({ account, machines, hasCapacity = () => true }: Options): Service {
  const { store } = machines;

  /** Returns the instances of a request: those it names, or those that match its filters. */
  function select(form: Form, idsName: string): Instance[] {
    const ids = form.texts(idsName);
    const all = store.list();
    return filterInstances(ids.length ? namedInstances(all, ids) : all, form);
  }

  const operations: Record<string, (form: Form) => XmlObject> = {
    RunInstances(form) {
      const { instance, isNew } = instanceFor(form, store, hasCapacity);
      if (isNew) machines.launch(instance);
      return describeReservation(instance, account);
    },
    DescribeInstances: (form) => ({
      reservationSet: select(form, 'InstanceId').map((instance) => describeReservation(instance, account)),
    }),
    TerminateInstances: (form) => ({
      instancesSet: namedInstances(store.list(), form.texts('InstanceId')).map((instance) => {
        const previousState = describeState(instance.state);
        machines.terminate(instance);
        return { instanceId: instance.id, currentState: describeState(instance.state), previousState };
      }),
    }),
    CreateTags(form) {
      for (const instance of namedInstances(store.list(), form.texts('ResourceId'))) {
        Object.assign(instance.tags, readTags(form.groups('Tag')));
        store.save(instance);
      }
      return { return: true };
    },
    DescribeSpotInstanceRequests(form) {
      const ids = form.texts('SpotInstanceRequestId');
      const requests = filterInstances(store.list(), form).filter(
        ({ spotRequestId }) => spotRequestId && (ids.length === 0 || ids.includes(spotRequestId)),
      );
      return { spotInstanceRequestSet: requests.map((instance) => describeSpotRequest(instance, account)) };
    },
  };

  return {
    async handle(request, response) {
      try {
        const form = Form.parse((await readBody(request, maxRequest)).toString());
        const action = form.text('Action') ?? '';
        const run = Object.hasOwn(operations, action) ? operations[action] : undefined;
        if (!run) throw notInTheLocalCloud(`ec2:${action}`);
        const answer = { requestId: requestIdOf(response), ...run(form) };
        sendXml(response, element(`${action}Response`, answer, namespace));
      } catch (error) {
        sendQueryError(response, asAwsError(error));
      }
    },
    close: () => machines.close(),
  };
}
