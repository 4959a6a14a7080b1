// The whole way with a pupil of eleven: planned, invited, prepared on a tablet, held on two devices, agreed, shared,
// closed, read at home, and four weeks later asked for by the start page.

import assert from 'node:assert/strict';

import { problems, visit } from './lib/browser.mjs';
import { press } from './lib/school.mjs';
import { test } from './lib/tap.mjs';
import {
  FOUR_WEEKS_ON, LOOK_BACK, PHONE, TABLET, badgeOf, fillThing, go, groupOf, kept, linkFor, part, passes,
  planAndInvite, prepare, propagation, pupilOf, said, scan, share, showTo, walk,
} from './lib/way.mjs';

const words = (text) => async (form) => form.locator('textarea, input[type=text]').first().fill(text);

test('the whole way, 11 years', () => walk(async ({ staff, visitor, later }) => {
  // The teacher plans it and invites.
  const teacher = await staff('marit');
  const pupil = await pupilOf(teacher, 'Pleun');
  const group = await groupOf(teacher);
  const talk = await planAndInvite(teacher, pupil, {
    method: 'p7', day: '2026-11-24', time: '10:40', place: 'de leeshoek', aim: 'wat jou helpt bij de weektaak' });
  await passes(teacher, 'way 11 invited');
  const code = await badgeOf(teacher, group, 'Pleun');

  // Pleun comes in with the badge, and prepares.
  const child = await visitor(TABLET);
  await scan(child, code);
  assert.match(await said(child), /Gesprek over wat jij nodig hebt/);
  await passes(child, 'way 11 own place');
  await go(child, `a[href="/ik${talk}"]`);
  await prepare(child, {
    'prep-hard': words('beginnen, kiezen'),
    'prep-good': words('samen met Roos'),
    'prep-goal': words('zelf beginnen'),
  });
  await passes(child, 'way 11 prepared');
  // The teacher reads it first in the conversation: not before.
  await go(child, 'button[name=may_read][value=no]');
  await visit(teacher, talk);
  assert.match(await said(teacher), /Pleun[^]*voorbereid/);
  assert.doesNotMatch(await said(teacher), /samen met Roos/);

  // Together, on two devices.
  await go(teacher, `form[action="${talk}/begin"] button`);
  await visit(child, `/ik${talk}`);
  await showTo(teacher, talk, 'hard-what');
  await part(child, 'hard-what', 1).locator('textarea').waitFor();
  await passes(teacher, 'way 11 together');
  await passes(child, 'way 11 together child');
  const fromTeacher = await propagation(teacher, child, 'hard-what', 1, [
    'Ik weet niet', 'Ik weet niet waar', 'Ik weet niet waar ik moet beginnen.']);
  assert.ok(fromTeacher < 1000, `the child sees it after ${fromTeacher} ms`);
  const fromChild = await propagation(child, teacher, 'hard-what', 1, [
    'Ik weet bij de weektaak niet', 'Ik weet bij de weektaak niet waar',
    'Ik weet bij de weektaak niet waar ik moet beginnen.']);
  assert.ok(fromChild < 1000, `the teacher sees it after ${fromChild} ms`);
  // From now on these are Pleun's own words: an adult reads them.
  assert.equal(await part(teacher, 'hard-what', 1).locator('textarea').count(), 0);
  console.log('#', fromTeacher, fromChild);

  // The teacher reads back, Pleun says whether that is it.
  await showTo(teacher, talk, 'summary-hard');
  console.log('# ' + teacher.url() + ' ' + await teacher.locator('main').innerText());
  await child.locator('main input[name=q][value=summary-hard]').first().waitFor({state:'attached'});
  console.log('# ' + child.url() + ' ' + await child.locator('main').innerText());
  console.log(await child.locator('main').innerHTML());
}));
