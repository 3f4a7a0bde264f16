// What the page does besides being read: copy, sort, filter, download. Everything is readable without it.

/** The whole of what a cell stands for, when it shows less. */
const fullText = (cell) => {
  if (cell.classList.contains('none')) return '';
  return cell.dataset.value || cell.title || cell.querySelector('[title]')?.title || cell.textContent;
};

const tableOf = (name) => document.querySelector(`table[data-table="${name}"]`);
const rowsOf = (table) => [...table.tBodies[0].rows];
const searched = new WeakMap();

/** What a row can be found by: all its texts, and each column's. */
function searchableOf(row, columns) {
  if (!searched.has(row)) {
    const cells = [...row.cells].map((cell) => [cell.textContent.toLowerCase(), fullText(cell).toLowerCase()]);
    const byColumn = new Map(columns.map((column, index) => [column, cells[index]]));
    searched.set(row, { all: cells.flat().join(' '), byColumn });
  }
  return searched.get(row);
}

/** Words that all must occur; several words in double quotes are one; `team:search` is one whole cell of the column. */
function termsOf(text, columns) {
  const found = [...text.toLowerCase().matchAll(/(?:(\w+):)?(?:"([^"]*)"|(\S+))/g)];
  return found.map(([whole, column, quoted, word]) =>
    columns.includes(column) ? { column, text: quoted ?? word } : { text: quoted ?? whole },
  );
}

function matches({ all, byColumn }, { column, text }) {
  return column ? byColumn.get(column).includes(text) : all.includes(text);
}

const columnsOf = (table) => [...table.tHead.querySelectorAll('[data-column]')].map((button) => button.dataset.column);

function filter(input) {
  const table = tableOf(input.dataset.filterOf);
  const columns = columnsOf(table);
  const terms = termsOf(input.value, columns);
  const rows = rowsOf(table);
  for (const row of rows) row.hidden = !terms.every((term) => matches(searchableOf(row, columns), term));
  const left = rows.filter((row) => !row.hidden).length;
  const output = input.closest('.tools').querySelector('output');
  output.textContent = terms.length === 0 ? table.dataset.extent : `${left} shown (${table.dataset.extent})`;
}

/** Opens the table and shows only rows with these terms. */
function show(name, terms) {
  const details = document.getElementById(name);
  details.open = true;
  const input = details.querySelector('input');
  if (input) {
    input.value = terms;
    filter(input);
  }
  details.scrollIntoView();
  details.querySelector('summary').focus({ preventScroll: true });
}

function compare(a, b, numeric) {
  if (a === '' || b === '') return (a === '') - (b === '');
  return numeric ? Number(a) - Number(b) : a.localeCompare(b, 'en', { numeric: true });
}

function sort(button) {
  const heading = button.closest('th');
  const descending = heading.getAttribute('aria-sort') === 'ascending';
  for (const other of heading.parentElement.cells) other.removeAttribute('aria-sort');
  heading.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
  const column = heading.cellIndex;
  const numeric = heading.classList.contains('number');
  const body = heading.closest('table').tBodies[0];
  const keyed = [...body.rows].map((row) => ({ row, key: fullText(row.cells[column]) }));
  keyed.sort((a, b) => compare(a.key, b.key, numeric) * (descending ? -1 : 1));
  body.append(...keyed.map(({ row }) => row));
}

/** As in the files beside the page: quoted when needed, and never a formula. */
function csvCell(cell) {
  const value = fullText(cell);
  const defused = !cell.classList.contains('number') && /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}

function download(name) {
  const table = tableOf(name);
  const rows = rowsOf(table).filter((row) => !row.hidden);
  const lines = [columnsOf(table), ...rows.map((row) => [...row.cells].map(csvCell))].map(
    (cells) => `${cells.join(',')}\r\n`,
  );
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(lines, { type: 'text/csv' }));
  link.download = `${name}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

let forget;
function say(text) {
  const status = document.querySelector('.copied');
  status.textContent = text;
  clearTimeout(forget);
  forget = setTimeout(() => {
    status.textContent = '';
  }, 2000);
}

async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.title);
    say(`Copied: ${element.title}`);
  } catch {
    say(element.title);
  }
}

document.addEventListener('click', (event) => {
  const on = (selector) => event.target.closest(selector);
  const target = on('.arn, [data-filter], [data-column], [data-csv-of], a[href^="#"]');
  if (!target) return;
  const { filter: filtered, terms, csvOf } = target.dataset;
  if (filtered) {
    event.preventDefault();
    show(filtered, terms);
  } else if (target.matches('.arn')) copy(target);
  else if (target.matches('[data-column]')) sort(target);
  else if (csvOf) download(csvOf);
  else openAt(target.hash);
});

document.addEventListener('input', (event) => {
  if (event.target.matches('[data-filter-of]')) filter(event.target);
});

function openAt(hash) {
  const target = hash && document.getElementById(hash.slice(1));
  if (target?.tagName === 'DETAILS') target.open = true;
}

for (const element of document.querySelectorAll('[data-age]')) {
  const days = Math.floor((Date.now() - Date.parse(element.dataset.age)) / 86_400_000);
  if (days >= 0) element.textContent = days === 0 ? '(today)' : days === 1 ? '(1 day ago)' : `(${days} days ago)`;
}
openAt(location.hash);

// What is long enough to fold begins folded on a phone.
if (matchMedia('(max-width: 600px)').matches) {
  for (const details of document.querySelectorAll('details.fold')) details.open = false;
}
