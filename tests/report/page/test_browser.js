// What the tests of the page run in the browser, beside axe-core.

// Has the stricter rule of contrast report as well what it leaves to the other, which then needs not be run:
// each takes longer than all other rules together.
const strict = () => axe.configure({checks: [{
  id: 'color-contrast-enhanced',
  options: {
    ignoreUnicode: true, ignoreLength: false, ignorePseudo: false, boldValue: 700, boldTextPt: 14,
    largeTextPt: 18, contrastRatio: {normal: {expected: 7}, large: {expected: 4.5}},
    pseudoSizeThreshold: .25, shadowOutlineEmMax: .1, textStrokeEmMin: .03,
  },
}]});

// The rules that ask nothing about colour.
const others = of_colour => axe.getRules().map(rule => rule.ruleId).filter(
  id => ![...of_colour, 'color-contrast'].includes(id));

// Runs the rules that are named; ``open`` is what nobody has looked at.
const run = async (only, reviewed) => {
  const found = await axe.run({runOnly: only, resultTypes: ['violations', 'incomplete']});
  const open = (rule, node) => !document.querySelector(node.target[0]).matches(reviewed[rule] ?? ':not(*)');
  return {
    passed: found.passes.map(rule => rule.id),
    broken: found.violations.map(rule => [rule.id, rule.nodes.map(node => node.html)]),
    open: found.incomplete.flatMap(
      rule => rule.nodes.filter(node => open(rule.id, node)).map(node => [rule.id, node.html])
    ),
  };
};

// Leaves of each table the rows with a cell of a kind that none above has, itself or by what stands in it.
const one_of_each = () => {
  const seen = new Set();
  for (const row of document.querySelectorAll('tbody tr')) {
    const table = row.closest('table').className;
    const kind = one => [one.tagName, one.getAttribute('class'), ...[...one.children].map(kind)].join();
    const kinds = [...row.cells].map(cell => [table, row.className, kind(cell)].join());
    const body = row.parentElement;
    if (kinds.every(kind => seen.has(kind))) row.remove();
    if (!body.rows.length) body.remove();
    kinds.forEach(kind => seen.add(kind));
  }
};

// Gives the matrix as many rows of a commune more, printed as small as that many are.
const more_rows = n => {
  const table = document.querySelector('.ma-tran'), row = table.tBodies[1].rows[2];
  table.classList.add('nhieu');
  for (let i = 0; i < n; i++) row.after(row.cloneNode(true));
};

Object.assign(window, {strict, others, run, one_of_each, more_rows});
