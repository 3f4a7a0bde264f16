import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { executable, flags } from './chromium.ts';

const url = pathToFileURL(join(inject('demoLake'), 'report.html')).href;
const screenshot = resolve(import.meta.dirname, '../../docs/report.png');
const desk = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

/** Sections that show a chart, whatever the week. */
const withCharts = ['fix-first', 'shared-roles', 'wildcards', 'age'];

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: executable, args: [...flags] });
});

afterAll(() => browser?.close());

interface Opened {
  readonly page: Page;
  /** What the page complained of: console errors, exceptions that nobody caught, requests that failed. */
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

async function open(colorScheme: 'light' | 'dark', viewport = desk): Promise<Opened> {
  const page = await browser.newPage({ colorScheme, viewport });
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(url);
  return { page, complaints, requests };
}

/** All there is to see: what is folded away is measured and searched as well. */
const unfold = (page: Page): Promise<void> =>
  page.locator('details').evaluateAll((all) => {
    for (const details of all) details.setAttribute('open', '');
  });

/** Texts of a column in the rows that are shown. */
async function shownCells(page: Page, table: string, column: string): Promise<readonly string[]> {
  const headings = page.locator(`table[data-table="${table}"] [data-column]`);
  const names = await headings.evaluateAll((all) => all.map((heading) => heading.getAttribute('data-column')));
  const rows = page.locator(`table[data-table="${table}"] tbody tr:visible`);
  return rows.locator(`td:nth-child(${names.indexOf(column) + 1})`).allTextContents();
}

describe("the demo's report in Chromium (D6)", () => {
  test.each(['light', 'dark'] as const)(
    'opens in %s without an error and asks for nothing but itself',
    async (scheme) => {
      const { page, complaints, requests } = await open(scheme);
      await unfold(page);
      expect(complaints).toEqual([]);
      expect(requests.filter((request) => !request.startsWith('data:'))).toEqual([url]);
      await page.close();
    },
  );

  test('draws every chart: it has a size and marks that can be seen', async () => {
    const { page } = await open('light');
    await unfold(page);
    const charts = await page.locator('svg').evaluateAll((all) =>
      all.map((svg) => {
        const { width, height } = svg.getBoundingClientRect();
        const marks = [...svg.querySelectorAll('rect, path, line, polyline, polygon, circle, text')];
        const seen = marks.map((mark) => mark.getBoundingClientRect()).some((box) => box.width > 0 || box.height > 0);
        return { sized: width > 0 && height > 0, seen, markup: svg.outerHTML.slice(0, 200) };
      }),
    );
    expect(await page.locator('.tile').count()).toBe(await page.locator('.tile:has(svg)').count());
    for (const section of withCharts) expect(await page.locator(`#${section} svg`).count(), section).toBeGreaterThan(0);
    expect(charts.filter(({ sized, seen }) => !sized || !seen)).toEqual([]);
    await page.close();
  });

  test('sorts a table by a column, one way and then the other', async () => {
    const { page } = await open('light');
    await unfold(page);
    const heading = page.locator('table[data-table="shared_role_clusters"] [data-column="function_count"]');
    const numbers = async () => (await shownCells(page, 'shared_role_clusters', 'function_count')).map(Number);
    const before = await numbers();
    await heading.click();
    expect(await numbers()).toEqual(before.toSorted((a, b) => a - b));
    await heading.click();
    expect(await numbers()).toEqual(before.toSorted((a, b) => b - a));
    expect(new Set(before).size).toBeGreaterThan(1);
    await page.close();
  });

  test('filters a table to the rows that have a word', async () => {
    const { page } = await open('light');
    await unfold(page);
    const kinds = await shownCells(page, 'changes', 'kind');
    const word = kinds[0]!;
    await page.locator('input[data-filter-of="changes"]').fill(word);
    const left = await shownCells(page, 'changes', 'kind');
    expect(left).toEqual(kinds.filter((kind) => kind === word));
    expect(left.length).toBeLessThan(kinds.length);
    await page.locator('input[data-filter-of="changes"]').fill('');
    expect(await shownCells(page, 'changes', 'kind')).toEqual(kinds);
    await page.close();
  });

  test.each(['light', 'dark'] as const)('on a phone in %s no part is wider than the page', async (scheme) => {
    const { page } = await open(scheme, phone);
    await unfold(page);
    expect(await page.locator('html').evaluate((html) => html.scrollWidth)).toBe(phone.width);
    await page.close();
  });

  test('is dark on light, or light on dark, as the reader prefers', async () => {
    const [light, dark] = [await lightness('light'), await lightness('dark')];
    expect(light.background).toBeGreaterThan(light.text);
    expect(dark.background).toBeLessThan(dark.text);
  });

  test('gives the picture for the README', async () => {
    const { page } = await open('light');
    const picture = await page.screenshot(process.env.UPDATE_SCREENSHOT ? { path: screenshot } : {});
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    await page.close();
  });
});

/** Sum of red, green and blue, of the page and of the text on it. */
async function lightness(scheme: 'light' | 'dark'): Promise<{ readonly background: number; readonly text: number }> {
  const { page } = await open(scheme);
  const colours: readonly string[] = await page.locator('body').evaluate((body) => {
    const { backgroundColor, color } = body.ownerDocument.defaultView.getComputedStyle(body);
    return [backgroundColor, color];
  });
  await page.close();
  const [background, text] = colours.map((colour) => parts(colour).reduce((sum, part) => sum + part, 0));
  return { background: background!, text: text! };
}

/** `rgb(1, 2, 3)` as its numbers. */
const parts = (colour: string): readonly number[] => (colour.match(/\d+/g) ?? []).slice(0, 3).map(Number);
