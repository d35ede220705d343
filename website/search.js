/*
 * Put before the script with which the theme searches, in the same worker (assemble.py does).
 *
 * That script takes `-word` for "without this word", but options begin so; it looks for whatever begins with "a" where a query
 * has an "a"; and it finds `4,096` only where a query has the comma.
 */
const SETUP = 0;
const QUERY = 2;

const withoutCommas = (text) => text.replace(/(\d),(?=\d{3}\b)/g, "$1");

/** The words of a query that say something; all of them where none does. */
function words(query) {
  const all = withoutCommas(query).split(/[\s-]+/);
  const telling = all.filter((word) => self.lunr.stopWordFilter(word.toLowerCase()));
  return (telling.length ? telling : all).join(" ");
}

addEventListener("message", ({ data: message }) => {
  if (message.type === SETUP) {
    message.data.docs.forEach((part) => (part.text = withoutCommas(part.text)));
  } else if (message.type === QUERY) {
    message.data = words(message.data);
  }
});
