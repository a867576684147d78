// A change of mind, in real browsers: a declaration is corrected, and the station sees both versions and what differs; one given freely is taken
// back, and nothing but that is left; declaring for an adult shows nothing else of that person.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { ago, Browser, citizen, commune, officer, Server, steps } from './support.mjs';

describe('a change of mind in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, hanh, father, phone, station;

  const said = (linkId, value) => ({ linkId, answer: [value] });
  const daily = (fever, person) => ({
    form: 'daily-health',
    version: '2020-03-10',
    at: ago(5),
    ...(person ? { person } : {}),
    response: {
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      item: [{ linkId: 'today', item: ['fever', 'cough', 'breath', 'throat', 'aches', 'contact-case'].map((sign) => said(sign, { valueBoolean: sign === 'fever' && fever })) }],
    },
  });

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const unit = await commune(server, '19333');
    hanh = await citizen(server, '+84917200001', { name: 'Võ Thị Hạnh', birthYear: 1985, sex: 'female', unit: unit.id });
    father = await hanh.must(hanh.post('/me/people', { name: 'Võ Văn Cha', birthYear: 1950, sex: 'male', unit: unit.id, relation: 'parent' }));
    const command = await officer(server, 'chihuy');
    const province = (await command.must(command.get('/units'))).items.find(({ code }) => code === '44').id;
    const at = (days) => new Date(Date.now() + days * 86_400_000).toISOString().replace(/\.\d+/, '');
    await command.must(
      command.post('/decisions', { purpose: 'declarations', form: 'daily-health', disease: 'covid-19', unit: province, from: at(-3), until: at(20), basis: 'Công văn 9/SYT' }),
    );
    phone = await browser.phoneOf(hanh);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  step('what was declared can be opened, and corrected from its own answers', async () => {
    await hanh.must(hanh.send('/declarations', daily(true)), 201);
    await phone.goto(`${server.origin}/declare`);
    await phone.getByRole('link', { name: /Theo dõi sức khỏe hằng ngày.*Cần theo dõi/s }).click();
    await phone.getByRole('region', { name: 'Trả lời' }).getByText('Sốt').waitFor();
    await browser.check(phone, 'declared-phone');
    await phone.getByRole('link', { name: 'Sửa tờ khai' }).click();
    await phone.getByText('Bạn đang sửa một tờ khai đã gửi').waitFor();
    const fever = phone.getByRole('group', { name: 'Sốt', exact: true });
    assert.equal(await fever.getByRole('radio', { name: 'Có' }).isChecked(), true, 'as it was said');
    await fever.getByText('Không', { exact: true }).click();
    await phone.getByRole('group', { name: 'Khó thở', exact: true }).getByText('Có', { exact: true }).click();
    await browser.check(phone, 'correct-phone');
    await phone.getByRole('button', { name: 'Gửi' }).click();
    await phone.getByRole('status').getByText('Hãy gọi trạm y tế').or(phone.getByRole('heading', { name: 'Kết quả' })).first().waitFor();
    await phone.goto(`${server.origin}/declare`);
    await phone.getByText('đã sửa', { exact: true }).waitFor();
    const valid = phone.getByRole('link', { name: /Theo dõi sức khỏe hằng ngày.*hiệu lực/s });
    await valid.first().waitFor();
    assert.equal(await valid.count(), 1, 'one, the newest');
    await browser.check(phone, 'declare-corrected-phone');
  });

  step('the station sees both versions and what differs', async () => {
    station = await browser.officer('tyt-dongha');
    await station.getByRole('link', { name: 'Tờ khai', exact: true }).click();
    const rows = station.getByRole('row').filter({ hasText: 'Võ Thị Hạnh' });
    await rows.nth(1).waitFor();
    assert.equal(await rows.count(), 2);
    await rows.filter({ hasText: 'Đã được sửa' }).waitFor();
    await rows.filter({ hasNotText: 'Đã được sửa' }).getByRole('link').click();
    const panel = station.locator('section, div').filter({ has: station.getByRole('heading', { name: 'Đã sửa so với bản trước' }) }).last();
    await panel.locator('dt').filter({ hasText: 'Sốt' }).waitFor();
    assert.deepEqual((await panel.locator('dt').allInnerTexts()).map((text) => text.trim()), ['Sốt', 'Khó thở']);
    await browser.check(station, 'declaration-corrected');
    await station.getByRole('link', { name: /Bản trước/ }).click();
    await station.getByRole('link', { name: 'Xem bản mới hơn' }).waitFor();
    await browser.check(station, 'declaration-replaced');
  });

  step('what was given freely is taken back: only that remains, also for the station', async () => {
    await phone.getByRole('link', { name: /Theo dõi sức khỏe hằng ngày.*đã sửa/s }).click();
    await phone.getByRole('button', { name: 'Rút lại tờ khai' }).click();
    const sheet = phone.getByRole('dialog');
    await sheet.getByText('sẽ bị xóa').waitFor();
    await browser.check(phone, 'withdraw-phone');
    await sheet.getByRole('button', { name: 'Rút lại tờ khai' }).click();
    await phone.getByText(/Theo dõi sức khỏe hằng ngày: đã rút lại lúc/).waitFor();
    await phone.getByRole('link', { name: /Theo dõi sức khỏe hằng ngày.*(Cần theo dõi|đã sửa)/s }).first().waitFor({ state: 'detached' });
    await browser.check(phone, 'withdrawn-phone');
    await station.reload();
    await station.getByRole('alert').first().waitFor();
    assert.deepEqual((await hanh.must(hanh.get('/me/declarations'))).items, []);
  });

  step('declaring for an adult shows neither visits nor warnings, nor what others declared', async () => {
    const mine = await hanh.must(hanh.send('/declarations', daily(false, father.id)), 201);
    assert.equal(mine.declaredBy.kind, 'household');
    await phone.goto(`${server.origin}/declared/${mine.id}?person=${father.id}`);
    await phone.getByText('Người nhà khai hộ: Võ Thị Hạnh').waitFor();
    await browser.check(phone, 'declared-for-father-phone');
    const api = await officer(server, 'tyt-dongha');
    const stations = await api.must(api.send('/declarations', daily(true, father.id)), 201);
    assert.deepEqual((await hanh.must(hanh.get(`/me/declarations?person=${father.id}`))).items.map(({ id }) => id), [mine.id]);
    const refused = await hanh.get(`/declarations/${stations.id}`);
    assert.deepEqual([refused.status, refused.body.code], [403, 'adults_own_affair']);
    assert.equal((await hanh.get(`/me/visits?person=${father.id}`)).body.code, 'adults_own_affair');
    await phone.goto(`${server.origin}/family/${father.id}`);
    await phone.getByRole('link', { name: 'Khai báo' }).waitFor();
    assert.equal(await phone.getByRole('link', { name: 'Nơi đã đến' }).count(), 0);
    await browser.check(phone, 'family-adult-phone');
    await phone.goto(`${server.origin}/visits?person=${father.id}`);
    await phone.getByRole('heading', { level: 1 }).waitFor();
    await phone.locator('.skeleton').first().waitFor({ state: 'hidden' });
    assert.equal((await phone.innerText('main')).includes('Võ Văn Cha'), false);
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
