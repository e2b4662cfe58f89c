import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Runs each suite in a context whose global object is V8's own. In jest's, an interceptor and a proxy answer for each use of a global,
 * and code with `Math` in a loop over pixels takes ten to a thousand times as long as in production.
 */
export default class PlainContext extends TestEnvironment {
  constructor(config, context) {
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(config, context);
    } finally {
      vm.createContext = createContext;
    }
  }
}
