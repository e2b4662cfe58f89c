import { failuresOfMachines } from './machines.ts';
import { playEach } from './testing/play-each.ts';

playEach(failuresOfMachines, []);
