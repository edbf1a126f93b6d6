import { tellThousand } from './tell-thousand.ts';

tellThousand(1000);
