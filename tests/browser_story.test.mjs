// The whole story through the pages: a suspect is investigated, sampled, confirmed and traced; contacts are found, told and named, asked and classed;
// orders are drafted and signed by two; days are answered by app, call and visit; a contact falls ill, and whom they met comes one level nearer; a wrong
// positive is undone with all it caused; a contact goes to another province; everybody's time comes to its end; the person reads who looked. What the
// pages can do each for themselves is in the tests of the rooms.
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { answered, assetsWith, choose, enterPositive, giveTasks, newOfficer, openSampling, receiveTube, scanSample, sendTubes } from './story.mjs';
import { ago, Browser, citizen, commune, day, local, officer, Server, steps, until } from './support.mjs';

// Today's texts on COVID-19 know no contacts of contacts. A province that follows them, too, writes so beside them.
function twoLevels(data) {
  const rules = join(data, 'rulesets/vn-covid-19-2022-04.json');
  writeFileSync(rules, JSON.stringify({ ...JSON.parse(readFileSync(rules, 'utf8')), depth: 2, actsOnLevels: [1, 2] }));
  const followUp = ['', '[[follow_up]]', 'class = "F2"', 'stages = [{ where = "selfMonitoring", days = 7 }]', 'from = 2022-04-15', 'source = "Quyết định diễn tập số 02/QĐ-BCĐ"', ''];
  appendFileSync(join(data, 'diseases/covid-19.toml'), followUp.join('\n'));
}

describe('the whole story in the browser', { concurrency: 1 }, () => {
  const step = steps();
  const kLaboratory = 'Khoa Xét nghiệm CDC';
  // Minutes ago: who ate together, then who drank coffee together; each on a day of its own at whatever hour this runs.
  const [kMeal, kOtherCoffee, kCoffee] = [84 * 60, 40 * 60, 30 * 60];
  const kPeople = {
    ill: ['+84938000010', 'Lê Thị Ốm'], met: ['+84938000011', 'Phạm Thị Gặp'], well: ['+84938000012', 'Võ Thị Lành'], far: ['+84938000013', 'Ngô Thị Xa'],
    told: ['+84938000014', 'Trần Thị Kề'], named: ['+84938000015', 'Bùi Thị Bún'], wrong: ['+84938000016', 'Đỗ Thị Nhầm'], blamed: ['+84938000017', 'Hồ Thị Oan'],
  };
  const who = {};  // by the keys of kPeople
  const cases = {};  // of ill, met and wrong
  const orders = {};
  let assets, server, browser, api, station, desk, hand, centre, ward, mine, session;

  before(async () => {
    assets = assetsWith(twoLevels);
    server = await Server.start({ assets });
    browser = await Browser.open(server);
    const unit = await commune(server, '19333');
    const profile = (name) => ({ name, birthYear: 1988, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    for (const [key, [phone, name]] of Object.entries(kPeople)) who[key] = await citizen(server, phone, profile(name));
    const keeper = await citizen(server, '+84938000001', profile('Trần Thị Giữ'));
    const open = async (name, phone) => {
      const pending = await keeper.must(keeper.post('/places/registrations', { name, kind: 'restaurant', unit: unit.id, address: '6 Lê Lợi', phone }));
      return keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code(phone) }));
    };
    const [meal, coffee] = [await open('Quán cơm Bà Sáu', '+84938000002'), await open('Cà phê Ga', '+84938000003')];
    const came = (key, place, minutes) => who[key].must(who[key].send('/visits', { placeCode: place.shortCode, at: ago(minutes) }), 201);
    for (const [key, later] of [['ill', 0], ['well', 5], ['met', 10]]) await came(key, meal, kMeal - later);
    for (const [key, later] of [['wrong', 0], ['blamed', 10]]) await came(key, coffee, kOtherCoffee - later);
    for (const [key, later] of [['met', 0], ['far', 10]]) await came(key, coffee, kCoffee - later);

    api = await officer(server, 'cdc1');
    await api.must(api.post('/laboratories', { unit: unit.parent, name: kLaboratory }));
    const command = await officer(server, 'chihuy');
    const daily = { purpose: 'declarations', form: 'daily-health', disease: 'covid-19', unit: unit.parent, from: ago(60), until: ago(-60 * 24 * 20), basis: 'Công văn 9/SYT' };
    await command.must(command.post('/decisions', daily));
    const daNang = (await api.must(api.get('/units'))).items.find(({ code }) => code === '48');
    const haiChau = (await api.must(api.get(`/units?parent=${daNang.id}`))).items.find(({ name }) => name === 'Hải Châu');
    ward = await browser.phoneOf(await newOfficer(server, 'tyt-haichau', 'Trạm Y tế phường Hải Châu', 'stationOfficer', haiChau.id));
    hand = await browser.phoneOf(await newOfficer(server, 'dieuduong', 'Điều dưỡng Hoa', 'stationOfficer', unit.id));
    station = await browser.officer('tyt-dongha', { width: 390, height: 844 });
    desk = await browser.officer('tyt-dongha');
    centre = await browser.officer('cdc1');
    mine = await browser.phoneOf(who.well);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    if (assets) rmSync(assets, { recursive: true, force: true });
  });

  const nameOf = (key) => kPeople[key][1];
  const at = (path) => `${server.origin}/console${path}`;
  const heading = (page, name) => page.getByRole('heading', { name, level: 1 }).waitFor();
  const tap = (page, name) => page.getByRole('button', { name, exact: true }).click();
  const said = (page, text) => page.getByRole('status').getByText(text).first().waitFor();
  const done = async (page, end, act) => assert.ok((await answered(page, end, act)) < 300, end);
  const cells = (page, words) => page.getByRole('list', { name: /^Lịch theo dõi từ/ }).getByRole('listitem').filter({ hasText: words });
  const file = (key) => api.must(api.get(`/cases/${cases[key]}`));
  const candidateOf = async (kase, key) => (await api.must(api.get(`/cases/${cases[kase]}/candidates?limit=200`))).items.find((one) => one.person.id === who[key].self.id);
  const followUpOf = async (kase, key) => (await api.must(api.get(`/cases/${cases[kase]}/follow-ups`))).items.map(({ followUp }) => followUp).find((one) => one.person.id === who[key].self.id);
  // The last part of the address, once the page is that of a record.
  const opened = async (page, kind) => {
    await page.waitForURL(({ pathname }) => new RegExp(`/${kind}/[0-9a-z]{13}$`).test(pathname));
    return new URL(page.url()).pathname.split('/').pop();
  };

  const followUp = async (page, kase, key) => {
    await page.goto(at(`/follow-ups/${(await until('the follow-up', () => followUpOf(kase, key))).id}`));
    await heading(page, nameOf(key));
  };
  const answerDay = async (kase, key, finding, via, more) => {
    await followUp(station, kase, key);
    await tap(station, finding);
    await more?.();
    await station.getByLabel(via).check();
    await done(station, '/entries', () => tap(station, 'Lưu'));
  };
  // Whoever a task is about is asked, and the class assigned.
  const ask = async (page, kase, key, contactClass) => {
    await until('the candidate', () => candidateOf(kase, key));
    await page.goto(at('/tasks'));
    await page.getByRole('link', { name: new RegExp(nameOf(key)) }).click();
    await heading(page, nameOf(key));
    await page.getByRole('radiogroup', { name: /Phân loại/ }).waitFor();
    for (const [question, answer] of [['dưới 1 mét', 'Có'], ['phòng kín', 'Không'], ['khẩu trang', 'Không'], ['bắt tay', 'Không rõ']])
      await page.getByRole('radiogroup', { name: new RegExp(question) }).getByRole('radio', { name: answer, exact: true }).check();
    await page.getByRole('radiogroup', { name: /Phân loại/ }).getByLabel(contactClass).check();
    await tap(page, 'Lưu phân loại');
    await said(page, `${nameOf(key)}: ${contactClass}`);
  };
  const sample = async (key, tube) => {
    if (!session) {
      await openSampling(station, 'Sân trạm y tế', 1);
      session = station.url();
    } else {
      await station.goto(session);
    }
    await scanSample(station, tube, who[key]);
    await station.getByRole('table').getByText(nameOf(key)).waitFor();
    await done(station, '/batches', () => sendTubes(station, kLaboratory, 1));
  };
  // Received and tested at the laboratory, confirmed by one tap, and traced.
  const positive = async (key, tube, ct) => {
    await centre.goto(at('/laboratory'));
    await centre.getByRole('link', { name: kLaboratory }).click();
    await heading(centre, kLaboratory);
    await receiveTube(centre, tube);
    await enterPositive(centre, tube, ct);
    await centre.goto(at('/laboratory'));
    await tap(centre, `Xác nhận ca bệnh: ${nameOf(key)}`);
    cases[key] = await opened(centre, 'cases');
    await until('the trace', async () => (await api.must(api.get(`/cases/${cases[key]}/runs`))).items.some((run) => run.state === 'done'));
    assert.equal((await file(key)).classification, 'confirmed');
  };
  const draft = async (kase, key, why) => {
    await followUp(station, kase, key);
    await station.getByRole('link', { name: 'Lập quyết định cách ly hoặc theo dõi' }).click();
    await heading(station, 'Lập quyết định cách ly hoặc theo dõi');
    await station.getByRole('radio', { name: 'Theo dõi sức khỏe' }).check();
    await station.getByRole('radio', { name: 'Tại nhà' }).check();
    await station.getByRole('textbox', { name: 'Lý do' }).fill(why);
    await tap(station, 'Lưu dự thảo');
    orders[key] = await opened(station, 'orders');
    await heading(station, nameOf(key));
  };
  const release = async (key, why) => {
    await station.goto(at(`/orders/${orders[key]}`));
    await tap(station, 'Kết thúc');
    const dialog = station.getByRole('dialog', { name: 'Kết thúc' });
    await dialog.getByRole('textbox', { name: 'Lý do' }).fill(why);
    await done(station, '/steps', () => dialog.getByRole('button', { name: 'Gửi để ký' }).click());
  };
  const sign = async (keys, picture) => {
    await centre.goto(at('/orders'));
    for (const key of keys) await centre.getByRole('link', { name: nameOf(key) }).waitFor();
    await tap(centre, `Chọn cả ${keys.length}`);
    await tap(centre, `Ký ${keys.length} việc`);
    const dialog = centre.getByRole('dialog', { name: 'Ký nhiều quyết định' });
    await dialog.getByRole('textbox', { name: /^Ký với chức danh/ }).fill('Phó Giám đốc CDC tỉnh Quảng Trị');
    await browser.check(centre, picture);
    await done(centre, '/order-signatures', () => dialog.getByRole('button', { name: 'Ký', exact: true }).click());
    for (const key of keys) await centre.getByRole('status').getByText(`${nameOf(key)}: đã ký`).waitFor();
  };
  // So that the next day comes: whoever is followed has been for one day more, and what was answered was answered a day earlier.
  const days = (count) =>
    server.rows(
      `UPDATE followup_period SET first_day = first_day - ${count}, waiting_since = waiting_since - ${count}, climb_at = climb_at - ${count * 86400}, created = created - ${count * 86400} WHERE state = 'open';
       UPDATE followup_entry SET day = day - ${count}, at = at - ${count * 86400} WHERE period IN (SELECT id FROM followup_period WHERE state = 'open')`,
    );

  step('a station reports a suspect on a phone', async () => {
    await station.goto(at('/cases'));
    await station.getByRole('link', { name: 'Báo ca nghi ngờ' }).click();
    await station.getByLabel('Số điện thoại, số giấy tờ, hoặc họ tên').fill('0938000010');
    await station.getByRole('button', { name: /Lê Thị Ốm/ }).click();
    await choose(station, station, 'Bệnh', 'COVID-19');
    await browser.check(station, 'story-report-phone');
    await tap(station, 'Báo ca');
    cases.ill = await opened(station, 'cases');
    await station.getByRole('main').getByText('Nghi ngờ', { exact: true }).first().waitFor();
    await browser.check(station, 'story-suspect-phone');
  });

  step('the form is filled in at the bedside; the onset told there becomes that of the case', async () => {
    await station.getByRole('link', { name: 'Phiếu điều tra', exact: true }).click();
    await tap(station, 'Ghi phiếu');
    const fever = station.getByRole('radiogroup', { name: 'Sốt', exact: true });
    await fever.waitFor();
    await station.getByLabel('Ngày khởi phát').fill(day(2));
    await fever.getByRole('radio', { name: 'Có', exact: true }).check();
    await station.getByLabel('Sốt: từ ngày').fill(day(2));
    await browser.check(station, 'story-form-phone');
    await tap(station, 'Ghi phiếu này');
    await tap(station, 'Ghi ngày này vào ca bệnh');
    await station.getByRole('button', { name: 'Ghi ngày này vào ca bệnh' }).waitFor({ state: 'detached' });
    assert.equal((await file('ill')).onset, day(2));
    await browser.check(station, 'story-form-filled-phone');
  });

  step('whom the case names before any result: one is written down, one is known by a name alone', async () => {
    await centre.goto(at(`/cases/${cases.ill}/candidates`));
    await tap(centre, 'Ghi người tiếp xúc');
    const dialog = centre.getByRole('dialog').last();
    await dialog.getByLabel('Số điện thoại, số giấy tờ, hoặc họ tên').fill('0938000014');
    await dialog.getByRole('button', { name: /Trần Thị Kề/ }).click();
    await dialog.getByRole('radio', { name: 'Biết từ giờ nào đến giờ nào' }).click();
    for (const [label, minutes] of [['Từ lúc', 1500], ['Đến lúc', 1490]]) {
      await dialog.getByRole('textbox', { name: label, exact: true }).fill(local(minutes).day);
      await dialog.getByLabel(`${label}, giờ`).fill(local(minutes).clock);
    }
    await dialog.getByRole('radio', { name: 'ca bệnh kể' }).click();
    await tap(dialog, 'Ghi người này');
    await centre.getByRole('list', { name: 'Tiếp xúc ghi theo lời kể, danh sách' }).getByText('Trần Thị Kề').waitFor();

    await station.goto(at(`/cases/${cases.ill}/interview`));
    await station.getByText('Chưa ghi mốc nào').waitFor();
    await tap(station, 'Ghi một mốc');
    await station.getByLabel('Tả bằng lời').fill('Gánh bún đầu chợ');
    await station.getByRole('textbox', { name: 'Ngày' }).fill(local(1440).day);
    await station.getByRole('radio', { name: 'chỉ nhớ ngày' }).click();
    await tap(station, 'Thêm một người');
    await station.getByLabel('Họ tên, hoặc cách gọi').fill('Chị Bún');
    await station.getByLabel('Số điện thoại').fill('0938000015');
    await browser.check(station, 'story-interview-phone');
    await tap(station, 'Ghi mốc này');
    await station.getByRole('list', { name: 'Các mốc dịch tễ' }).getByText('Gánh bún đầu chợ').waitFor();
  });

  step('the companion is found', async () => {
    await until('the companion', async () => (await api.must(api.get(`/cases/${cases.ill}/companions`))).items.length === 1);
    await centre.goto(at(`/cases/${cases.ill}/candidates`));
    await tap(centre, 'Tìm hồ sơ: Chị Bún');
    const drawer = centre.getByRole('dialog').last();
    await drawer.getByLabel('Số điện thoại, số giấy tờ, hoặc họ tên').fill('0938000015');
    await drawer.getByLabel('Lý do').fill('Ca bệnh kể tên khi phỏng vấn');
    await tap(drawer, 'Tìm');
    await drawer.getByRole('button', { name: 'Đúng người này: Bùi Thị Bún' }).waitFor();
    await browser.check(centre, 'story-companion');
    await tap(drawer, 'Đúng người này: Bùi Thị Bún');
    await said(centre, 'Đã gắn hồ sơ');
  });

  step('a sample is taken into a tube, and goes to the laboratory', async () => {
    await sample('ill', 'QT-1001');
    await browser.check(station, 'story-sampling-phone');
  });

  step('the result is positive: one tap confirms the case, and everybody exposed is found', async () => {
    const suspect = cases.ill;
    await positive('ill', 'QT-1001', 21.5);
    assert.equal(cases.ill, suspect, 'the case that was reported');
    for (const [key, level] of [['met', 1], ['well', 1], ['far', 2], ['told', 1], ['named', 1]])
      assert.equal((await until(`${nameOf(key)} as a candidate`, () => candidateOf('ill', key))).level, level, nameOf(key));
    await centre.goto(at(`/cases/${cases.ill}/candidates`));
    for (const key of ['met', 'well', 'far', 'told', 'named']) await centre.getByRole('table').getByRole('button', { name: new RegExp(nameOf(key)) }).waitFor();
    await browser.check(centre, 'story-candidates');
  });

  step('tasks are given to a colleague, who takes, asks and assigns; the station asks the others', async () => {
    await desk.goto(at('/tasks'));
    for (const key of ['met', 'well']) await desk.getByRole('checkbox', { name: `Chọn việc của ${nameOf(key)}` }).check();
    await giveTasks(desk, 2, 'Điều dưỡng Hoa');
    await desk.getByText('Đã giao 2 việc.').waitFor();
    await browser.check(desk, 'story-tasks-given');
    await hand.goto(at('/tasks?mine=true'));
    for (const key of ['met', 'well']) await hand.getByRole('link', { name: new RegExp(nameOf(key)) }).waitFor();
    assert.equal(await hand.getByRole('link', { name: /Ngô Thị Xa/ }).count(), 0, 'not given');
    await hand.getByRole('link', { name: /Phạm Thị Gặp/ }).click();
    await tap(hand, 'Tôi nhận việc này');
    await hand.getByText('Đã nhận', { exact: true }).waitFor();
    await browser.check(hand, 'story-task-phone');
    for (const key of ['met', 'well']) await ask(hand, 'ill', key, 'F1');
    await ask(station, 'ill', 'told', 'F1');
    await ask(station, 'ill', 'far', 'F2');
    await ask(station, 'ill', 'named', 'Không phải tiếp xúc');
    for (const key of ['met', 'well', 'told', 'far']) await until(`${nameOf(key)} to be followed`, () => followUpOf('ill', key));
    assert.equal(await followUpOf('ill', 'named'), undefined);
    await station.goto(at('/tasks'));
    await station.getByText('Không có việc nào đang chờ').waitFor();
  });

  step('an order is drafted by the station, and binds once the centre has signed', async () => {
    await draft('ill', 'well', 'Ăn cùng bàn với ca bệnh');
    await station.getByText('Cần một cán bộ khác', { exact: false }).waitFor();
    assert.equal(await station.getByRole('button', { name: 'Ký', exact: true }).count(), 0);
    await browser.check(station, 'story-order-draft-phone');
    assert.deepEqual((await who.well.must(who.well.get('/me/orders'))).items, []);
    await sign(['well'], 'story-order-sign');
    await mine.goto(`${server.origin}/orders`);
    await mine.getByText('Đang có hiệu lực').waitFor();
    await browser.check(mine, 'story-order-mine');
  });

  step('the first day: by the app, and by calls; one is not asked', async () => {
    await mine.goto(`${server.origin}/declare`);
    await mine.getByRole('link', { name: /Theo dõi sức khỏe hằng ngày/ }).first().click();
    for (const sign of ['Sốt', 'Ho', 'Khó thở', 'Đau họng', 'Đau mỏi người']) await mine.getByRole('group', { name: sign, exact: true }).getByText('Không', { exact: true }).click();
    await mine.getByRole('group', { name: /tiếp xúc với người bệnh/ }).getByText('Không', { exact: true }).click();
    await browser.check(mine, 'story-declare');
    await done(mine, '/declarations', () => mine.getByRole('button', { name: 'Gửi' }).click());
    await answerDay('ill', 'met', 'Không triệu chứng', 'Gọi điện');
    await answerDay('ill', 'far', 'Không triệu chứng', 'Gọi điện');
    await until('the declaration to count', async () => (await followUpOf('ill', 'well')).days.some(({ state }) => state === 'none'));
    await followUp(station, 'ill', 'well');
    await station.getByRole('listitem').filter({ hasText: 'Tự khai' }).waitFor();
    await browser.check(station, 'story-day-app-phone');
  });

  step('the second day: by a call; who was not asked is called for at the level above', async () => {
    days(1);
    for (const key of ['well', 'met', 'far']) await answerDay('ill', key, 'Không triệu chứng', 'Gọi điện');
    await until('the missed day to go up', async () => (await followUpOf('ill', 'told')).escalated, 60);
    await desk.goto(at('/follow-ups'));
    const missed = desk.getByRole('listitem').filter({ has: desk.getByRole('link', { name: 'Trần Thị Kề' }) });
    await missed.getByText(/^Đã lên /).waitFor();
    await missed.getByText('Lỡ 1 ngày').waitFor();
    await browser.check(desk, 'story-day-missed');
  });

  step('the third day: at the door; one has a fever, and is reported by one tap', async () => {
    days(1);
    await answerDay('ill', 'well', 'Không triệu chứng', 'Đến nhà');
    await until('three days answered', async () => (await followUpOf('ill', 'well')).days.filter(({ state }) => state === 'none').length === 3);
    await followUp(station, 'ill', 'well');
    await cells(station, 'không có triệu chứng').nth(2).waitFor({ state: 'attached' });
    await browser.check(station, 'story-three-days-phone');
    await answerDay('ill', 'met', 'Có triệu chứng', 'Đến nhà', () => station.getByLabel('Sốt').check());
    await tap(station, 'Báo ca nghi ngờ');
    cases.met = await opened(station, 'cases');
    assert.equal((await file('met')).onset, day(0));
  });

  step('the contact is positive: the follow-up ends, and the case says whose contact it was', async () => {
    const suspect = cases.met;
    await sample('met', 'QT-1002');
    await positive('met', 'QT-1002', 19.5);
    assert.equal(cases.met, suspect);
    await until('the follow-up to end', async () => (await followUpOf('ill', 'met')).state === 'becameCase');
    const { number } = await file('ill');
    await centre.goto(at(`/cases/${cases.met}`));
    await heading(centre, (await file('met')).number);
    await centre.getByRole('heading', { name: 'Từng là người tiếp xúc' }).waitFor();
    await centre.getByText('Đã thành ca bệnh', { exact: true }).waitFor();
    await tap(centre, `Chọn ca ${number}`);
    const dialog = centre.getByRole('dialog').last();
    await done(centre, '/source', () => dialog.getByRole('button', { name: 'Ghi nguồn lây' }).click());
    await centre.getByRole('link', { name: number, exact: true }).waitFor();
    await browser.check(centre, 'story-was-contact');
  });

  step('whom that contact met is an F1 now, and keeps both reasons', async () => {
    const [old, own] = [(await file('ill')).number, (await file('met')).number];
    assert.equal((await until('the nearer contact', () => candidateOf('met', 'far'))).level, 1);
    await followUp(station, 'ill', 'far');
    await station.getByText(`Nghi F1 của ca ${own}`, { exact: false }).waitFor();
    await ask(station, 'met', 'far', 'F1');
    const { id } = await until('the second reason', () => followUpOf('met', 'far'));
    assert.equal(id, (await followUpOf('ill', 'far')).id, 'one person, one follow-up');
    assert.equal((await candidateOf('ill', 'far')).class, 'F2', 'what they are to the first case stays');
    await followUp(station, 'met', 'far');
    await station.getByText(`F2 của ca ${old}: tiếp xúc lần cuối`, { exact: false }).waitFor();
    await station.getByText(`F1 của ca ${own}: tiếp xúc lần cuối`, { exact: false }).waitFor();
    await station.getByText('Có nhiều lý do', { exact: false }).waitFor();
    await browser.check(station, 'story-two-reasons-phone');
  });

  step('a third is positive by mistake: a contact is followed, and bound by an order', async () => {
    await sample('wrong', 'QT-1003');
    await positive('wrong', 'QT-1003', 33.5);
    await ask(station, 'wrong', 'blamed', 'F1');
    await draft('wrong', 'blamed', 'Ngồi cùng bàn với ca bệnh');
    await sign(['blamed'], 'story-order-sign-third');
  });

  step('the laboratory corrects it; the case is undone, and the last reason goes', async () => {
    await centre.goto(at('/laboratory'));
    await centre.getByRole('link', { name: kLaboratory }).click();
    await centre.getByLabel('Ống có kết quả').fill('QT-1003');
    await tap(centre, 'Xem ống');
    await tap(centre, 'Sửa kết quả: RT-PCR, Dương tính');
    const correction = centre.getByRole('dialog', { name: 'Sửa kết quả' });
    await choose(centre, correction, 'Kết quả đúng', 'Âm tính');
    await correction.getByLabel('Lý do').fill('Nhầm giếng');
    await done(centre, '/correct', () => tap(correction, 'Sửa kết quả'));
    await centre.goto(at('/laboratory'));
    await centre.getByRole('heading', { name: 'Ca bệnh có kết quả không còn đứng vững' }).waitFor();
    await browser.check(centre, 'story-overturned');
    const { number } = await file('wrong');
    await centre.getByRole('link', { name: number, exact: true }).click();
    await heading(centre, number);
    await centre.getByRole('main').getByRole('button', { name: 'Thêm' }).click();
    await centre.getByRole('menuitem', { name: 'Hoàn tác thay đổi gần nhất' }).click();
    const dialog = centre.getByRole('dialog').last();
    await dialog.getByLabel('Lý do').fill('Phòng xét nghiệm báo nhầm');
    await done(centre, '/undo', () => tap(dialog, 'Hoàn tác thay đổi gần nhất'));
    // The laboratory reported the suspect, and nothing but the undone confirmation happened to it since: it falls with the result.
    await until('the case to fall with its result', async () => (await file('wrong')).classification === 'discarded');

    await until('the contact to be let go', async () => (await followUpOf('wrong', 'blamed')).state === 'released');
    await followUp(station, 'wrong', 'blamed');
    await station.getByText('Thôi theo dõi', { exact: true }).waitFor();
    await station.getByText('Ca này đã được rút lại', { exact: false }).waitFor();
    await browser.check(station, 'story-released-phone');
    await station.goto(at(`/orders/${orders.blamed}`));
    await station.getByText('Căn cứ không còn', { exact: false }).waitFor();
    assert.equal((await followUpOf('ill', 'well')).state, 'open', 'nobody else is');
  });

  step('a contact goes to another province, whose station takes over', async () => {
    await followUp(station, 'ill', 'well');
    await tap(station, 'Chuyển cho đơn vị khác');
    await station.getByRole('combobox', { name: 'Xã, phường nhận' }).fill('hai chau da nang');
    await station.getByRole('option').filter({ hasText: 'Phường Hải Châu, Thành phố Đà Nẵng' }).first().click();
    await station.getByLabel('Lý do').fill('Vào Đà Nẵng làm việc');
    await done(station, '/transfer', () => tap(station, 'Chuyển'));
    await station.getByText('chờ tiếp nhận', { exact: true }).waitFor();
    await browser.check(station, 'story-transfer-phone');
    await ward.goto(at('/follow-ups'));
    await ward.getByRole('heading', { name: 'Chờ tiếp nhận', level: 2 }).waitFor();
    await ward.getByRole('link', { name: nameOf('well') }).click();
    await done(ward, '/take', () => tap(ward, 'Tiếp nhận theo dõi'));
    await ward.getByText('đã tiếp nhận', { exact: true }).waitFor();
    await ward.getByRole('button', { name: 'Không triệu chứng', exact: true }).waitFor();
    await browser.check(ward, 'story-taken-phone');
  });

  step('after the last day nobody asks any more, there or by the case', async () => {
    // Nine days go by for this contact alone; the fourth to the last are not asked about.
    server.rows(
      `UPDATE followup_entry SET day = day - 9, at = at - ${9 * 86400} WHERE period IN (SELECT period FROM followup_transfer WHERE state = 'taken');
       UPDATE followup_period SET first_day = first_day - 9, last_day = last_day - 9, waiting_since = waiting_since - 9 WHERE id IN (SELECT period FROM followup_transfer WHERE state = 'taken')`,
    );
    await until('the last day to be over', async () => (await followUpOf('ill', 'well')).state === 'done', 60);
    await ward.goto(at('/follow-ups'));
    await ward.getByText('Hôm nay đã hỏi hết').waitFor();
    await centre.goto(at(`/cases/${cases.ill}/candidates`));
    const row = centre.getByRole('row').filter({ hasText: nameOf('well') });
    await row.getByText('Hết thời gian theo dõi', { exact: false }).waitFor();
    await browser.check(centre, 'story-candidates-last');
  });

  step('nobody is released by the clock: both ends are proposed, and signed together', async () => {
    await release('well', 'Hết ngày theo dõi, không triệu chứng');
    await release('blamed', 'Ca bệnh đã được rút lại');
    await browser.check(station, 'story-release-phone');
    await sign(['well', 'blamed'], 'story-release-sign');
    await mine.goto(`${server.origin}/orders`);
    await mine.getByText('Đã kết thúc', { exact: true }).waitFor();
    await browser.check(mine, 'story-released-mine');
  });

  step('each reads who looked', async () => {
    const looks = async (key) => {
      const found = [];
      for (let next = ''; next !== undefined; ) {
        const page = await who[key].must(who[key].get(`/me/access-log?limit=100${next && `&cursor=${encodeURIComponent(next)}`}`));
        found.push(...page.items);
        next = page.next;
      }
      return found;
    };
    const contact = await looks('well');
    for (const action of ['tracing.candidates', 'tracing.tasks', 'tracing.assign', 'followup.work', 'quarantine.work', 'quarantine.sign'])
      assert.ok(contact.some((one) => one.action === action && one.passed), action);
    for (const unit of [/Đông Hà/, /Hải Châu/, /Quảng Trị/]) assert.ok(contact.some((one) => unit.test(one.unitName ?? '')), String(unit));
    const patient = await looks('ill');
    for (const action of ['cases.report', 'cases.read', 'laboratory.sample', 'cases.confirm']) assert.ok(patient.some((one) => one.action === action && one.passed), action);
    assert.ok(!patient.some((one) => /Hải Châu/.test(one.unitName ?? '')), 'who took a contact over read nothing of the case');

    await mine.goto(`${server.origin}/access`);
    const more = mine.getByRole('button', { name: 'Xem thêm', exact: true });
    for (const words of [/^Cán bộ trạm y tế, .*Hải Châu/, /^Cán bộ kiểm soát bệnh tật tỉnh, /, 'Đã ký quyết định cách ly', 'Đã xem hoặc ghi việc theo dõi sức khỏe']) {
      const line = mine.getByText(words).first();
      await until(String(words), async () => {
        if (await line.isVisible()) return true;
        if (await more.isEnabled({ timeout: 100 }).catch(() => false)) await more.click();
        return false;
      });
    }
    await browser.check(mine, 'story-access');
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
