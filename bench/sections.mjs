// docs/performance.md, section by section: a new one takes the place of the old one of the same title; the others stay.

const kTitles = ['The start page', 'A morning of a province', 'Check-ins', 'A line list', 'A province\'s office', 'The presence index'];

const titleOf = (section) => section.slice(3, section.indexOf('\n'));

export function merged(text, section, { rounds, seconds }) {
  const sections = new Map(text.split(/^(?=## )/m).slice(1).map((old) => [titleOf(old), old.trim()]));
  sections.set(titleOf(section), section.trim());
  const place = (title) => (kTitles.includes(title) ? kTitles.indexOf(title) : kTitles.length);
  const ordered = [...sections.keys()].sort((a, b) => place(a) - place(b));
  return `# Performance

Written by \`make bench\`, each section when it was measured; the load, the server and the database share the machine.
Medians of ${rounds} rounds of ${seconds} s; every figure stands beside its peer of the same run.

${ordered.map((title) => sections.get(title)).join('\n\n')}
`;
}
