import { expect, it } from '@jest/globals';

import { quoteBytes } from './quote-bytes.js';

// Each as Go's strconv.Quote writes it.
it.each([
  ['61225c20', String.raw`"a\"\\ "`],
  ['0007080b0d7f1f', String.raw`"\x00\a\b\v\r\x7f\x1f"`],
  ['c3a9c2a0c2ad', String.raw`"é\u00a0\u00ad"`],
  ['80c3c328ff', String.raw`"\x80\xc3\xc3(\xff"`],
  ['e282ac', '"€"'],
  ['eda080', String.raw`"\xed\xa0\x80"`],
  ['f09f9880f3a08081', String.raw`"😀\U000e0001"`],
  ['efbfbd', '"�"'],
  ['e282', String.raw`"\xe2\x82"`],
])('quotes the bytes %s', (digits, literal) => {
  expect(quoteBytes(Buffer.from(digits, 'hex'))).toBe(literal);
});
