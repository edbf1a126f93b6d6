export const connectionsKey = ['exchange', 'connections'];
