/** What the leader signs, and what somebody would have liked him to sign. */
export const honestWords = 'so tien: 100 dong';
export const forgedWords = 'so tien: 900 dong';
