import { failuresOfMachines } from './testing/machines.ts';
import { playEach } from './testing/play-each.ts';

playEach(failuresOfMachines, []);
