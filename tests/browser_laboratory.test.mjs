// Tests, in real browsers: a station scans tubes and people's codes and sends them; the laboratory receives them by barcode and enters results, one by
// form and one by a list in which another tube is nobody's; people of a positive pool are to be sampled again, a single positive becomes a case with one
// tap of an officer who may, and everybody reads the own result.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe } from 'node:test';
import { fakeCamera, holdUp, lower } from './camera.mjs';
import { choose, enterPositive, openSampling, panel, scanSample, sendTubes, takeOut } from './story.mjs';
import { Browser, citizen, Client, commune, officer, Server, steps, until } from './support.mjs';

describe('laboratory in the browser', { concurrency: 1 }, () => {
  const step = steps();
  const name = 'Khoa Xét nghiệm CDC';
  let server, browser, station, centre, ill, first, second, caseAt;
  const code = async (who) => (await who.must(who.get(`/me/people/${who.self.id}/code`))).text;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const unit = await commune(server, '19333');
    const known = (called) => ({ name: called, birthYear: 1985, sex: 'female', unit: unit.id });
    ill = await citizen(server, '+84918000301', known('Hồ Thị Đơn'));
    first = await citizen(server, '+84918000302', known('Lê Thị Gộp'));
    second = await citizen(server, '+84918000303', known('Trần Thị Chung'));
    centre = await browser.officer('cdc1');
    station = await browser.officer('tyt-dongha', { width: 390, height: 844 });
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const inTable = (text) => station.getByRole('table').getByText(text);

  step('the province registers a laboratory', async () => {
    await Promise.all([centre.keyboard.press('g'), centre.keyboard.press('n')]); // the second within a second or so of the first
    await centre.getByText('Chưa có phòng xét nghiệm nào').waitFor();
    await centre.getByRole('button', { name: 'Thêm phòng xét nghiệm' }).click();
    const form = centre.getByRole('dialog').last();
    await form.getByLabel('Tên', { exact: true }).fill(name);
    await form.getByRole('combobox', { name: 'Địa bàn' }).or(form.getByLabel('Địa bàn').and(form.locator('input'))).first().fill('quang tri');
    await centre.getByRole('option', { name: /^Tỉnh Quảng Trị/ }).first().click();
    await form.getByRole('button', { name: 'Thêm phòng xét nghiệm' }).click();
    await centre.getByRole('link', { name }).waitFor();
  });

  step('a tube, a person: on the phone of the station; a tube that somebody has is refused', async () => {
    await openSampling(station, 'Trạm y tế phường', 1);
    await scanSample(station, 'QT-0001', ill);
    await inTable('Hồ Thị Đơn').waitFor();
    await browser.picture(station, 'laboratory-taken-phone');
    await scanSample(station, 'QT-0001', first);
    await station.getByRole('alert').getByText('Ống này đã dùng').waitFor();
    await browser.check(station, 'laboratory-sampling-phone');
  });

  step('what is counted must be what was scanned', async () => {
    await sendTubes(station, name, 2);
    await station.getByRole('alert').getByText('còn 1 ống chưa gửi').waitFor();
    await station.getByLabel('Số ống đếm được').fill('1');
    await station.getByRole('button', { name: 'Gửi', exact: true }).click();
    await inTable('Đang chuyển').waitFor();
  });

  step('a pool holds several people', async () => {
    await openSampling(station, 'Nhà văn hóa khu phố 2', 10);
    await scanSample(station, 'QT-0002', first);
    await inTable('Lê Thị Gộp').waitFor();
    await scanSample(station, undefined, second);  // the tube stays
    await inTable('Trần Thị Chung').waitFor();
    // The next barcode begins the next tube; what a reader types into the wrong box goes where it belongs.
    await station.getByLabel('Mã của người được lấy mẫu').fill('QT-0003');
    await station.keyboard.press('Enter');
    assert.equal(await station.getByLabel('Mã vạch ống').inputValue(), 'QT-0003');
    assert.equal(await station.getByLabel('Mã của người được lấy mẫu').inputValue(), '');
    await station.getByLabel('Mã vạch ống').fill(await code(ill));
    await station.keyboard.press('Enter');
    assert.equal(await station.getByLabel('Mã vạch ống').inputValue(), '');
    await sendTubes(station, name, 1);
    await inTable('Đang chuyển').waitFor();
  });

  step("a phone's camera reads labels and codes, each into its own box; of a paper it says so", async () => {
    const [tube, person] = ['Mã vạch ống', 'Mã của người được lấy mẫu'].map((label) => station.getByLabel(label));
    const says = (text) => station.getByRole('status').getByText(text).waitFor();
    await person.fill('');
    await station.evaluate(fakeCamera);
    await station.getByRole('button', { name: 'Quét bằng camera' }).click();
    await holdUp(station, 'QT-0004', 'Code128');
    await says('Đã đọc nhãn ống QT-0004');
    await holdUp(station, 'QT-0005', 'DataMatrix');
    await says('Đã đọc nhãn ống QT-0005');
    assert.deepEqual([await tube.inputValue(), await person.inputValue()], ['QT-0005', '']);
    const card = '045190000123||Lê Thị Gộp|01011985|Nữ|Đông Hà, Quảng Trị|01012021';
    await holdUp(station, card);
    await says('Đây là giấy tờ hoặc thẻ');
    assert.equal(await station.getByLabel('Số điện thoại, số giấy tờ, hoặc họ tên').inputValue(), card);
    await tube.fill('');
    const shown = await code(second);
    await holdUp(station, shown);
    await says('Tiếp theo là nhãn ống');
    assert.deepEqual([await tube.inputValue(), await person.inputValue()], ['', shown]);
    await lower(station);
    await station.getByRole('button', { name: 'Tắt camera' }).click();
    await person.fill('');
  });

  step('the laboratory receives by barcode, sees what is missing, and nobody by name', async () => {
    await centre.getByRole('link', { name }).click();
    await centre.getByRole('heading', { name, level: 1 }).waitFor();
    const boxes = centre.getByRole('table', { name: 'Các hộp mẫu' });
    await boxes.getByText('QT-0002').waitFor();
    await centre.evaluate(fakeCamera);
    await centre.getByRole('button', { name: 'Quét bằng camera' }).click();
    await holdUp(centre, await code(ill));
    await centre.getByRole('status').getByText('Đây không phải nhãn ống').waitFor();
    await holdUp(centre, 'QT-0001', 'Code39');
    await centre.getByRole('status').getByText('Đã nhận ống QT-0001').waitFor();
    await lower(centre);
    await centre.getByRole('button', { name: 'Tắt camera' }).click();
    await boxes.getByText('QT-0001').waitFor({ state: 'detached' });
    assert.ok(!(await centre.innerText('main')).includes('Hồ Thị Đơn'));
    await browser.check(centre, 'laboratory-desk');
  });

  step('one result by form, the others by a list in which a tube is nobody\'s', async () => {
    const at = await enterPositive(centre, 'QT-0001', 21.5);
    const list = `tube,method,result,ct,date\nQT-0002,RT-PCR,Dương tính,30,${at.day} ${at.clock}\nQT-9999,RT-PCR,Âm tính,,${at.day} ${at.clock}\n`;
    await centre.locator('input[type=file]').setInputFiles({ name: 'ket-qua.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
    await centre.getByRole('button', { name: 'Gửi danh sách' }).click();
    await centre.getByText('Đã nhận 1, không đổi 0, để riêng 1, từ chối 0').waitFor();
    await browser.check(centre, 'laboratory-results');
    await centre.getByRole('button', { name: 'Bỏ qua: QT-9999' }).click();
    await centre.getByRole('heading', { name: 'Kết quả chưa tìm được ống' }).waitFor({ state: 'detached' });
  });

  step('the tubes are filtered and sorted, and taken out by code', async () => {
    const tubes = centre.getByRole('table', { name: 'Các ống đã gửi đến' });
    const answered = (search) => centre.waitForResponse((one) => /\/laboratories\/[^/]+\/tubes\?/.test(one.url()) && one.url().includes(search) && one.ok());
    let answer = answered('sort=result');
    await tubes.getByRole('columnheader', { name: 'Kết quả', exact: true }).getByRole('button').click();
    await answer;
    await centre.waitForURL(/sort=result/);
    await tubes.getByText('QT-0001').waitFor();
    answer = answered('state=onTheWay');
    await centre.getByRole('group', { name: 'Tình trạng' }).getByRole('button', { name: 'Đang chuyển', exact: true }).click();
    await answer;
    await centre.getByText('Không có ống nào khớp bộ lọc').waitFor();
    answer = answered('state=done');
    await centre.getByRole('group', { name: 'Tình trạng' }).getByRole('button', { name: 'Có kết quả', exact: true }).click();
    await answer;
    await tubes.getByText('QT-0002').waitFor();
    await browser.check(centre, 'laboratory-tubes');
    const text = await takeOut(centre, 'Đối chiếu cuối tuần');
    assert.match(text, /Lũy Tre: /, 'marked');
    assert.match(text, /QT-0002/);
    for (const who of ['Hồ Thị Đơn', 'Lê Thị Gộp', 'Trần Thị Chung']) assert.ok(!text.includes(who), who);
  });

  step('the people of the pool are to be sampled again; the station reports, it does not confirm', async () => {
    await station.goto(`${server.origin}/console/laboratory`);
    await station.getByRole('heading', { name: 'Cần lấy lại mẫu đơn' }).waitFor();
    for (const person of ['Lê Thị Gộp', 'Trần Thị Chung', 'Hồ Thị Đơn']) await inTable(person).waitFor();
    await station.getByRole('link', { name: /^COV-/ }).waitFor();  // the suspect whom the result reported by itself
    assert.equal(await station.getByRole('button', { name: /^Xác nhận ca bệnh/ }).count(), 0);
    const health = await officer(server, 'tyt-dongha');
    const waiting = (await health.must(health.get('/waiting?yours=true'))).items.filter((one) => one.kind === 'positive');
    assert.equal(waiting.length, 1, 'what happened by itself is told at once');
    await browser.check(station, 'laboratory-phone');
  });

  step('what waits is sorted, and filtered by how old the sample is', async () => {
    await centre.goto(`${server.origin}/console/laboratory`);
    const waits = centre.getByRole('table', { name: 'Kết quả dương tính chờ cán bộ xem' });
    const answered = (search) => centre.waitForResponse((one) => one.url().includes('/positive-results?') && one.url().includes(search) && one.ok());
    await waits.getByText('Hồ Thị Đơn').waitFor();
    let answer = answered('order=descending');
    await waits.getByRole('columnheader', { name: 'Lúc xét nghiệm', exact: true }).getByRole('button').click();
    await answer;
    await centre.waitForURL(/sort=result/);
    answer = answered('late=true');
    await centre.getByRole('group', { name: 'Mẫu của kết quả dương tính' }).getByRole('button', { name: 'Mẫu cũ', exact: true }).click();
    await answer;
    await centre.getByText('Không có kết quả dương tính nào khớp bộ lọc').waitFor();
    await browser.check(centre, 'laboratory-filtered');
    await centre.getByRole('button', { name: 'Bỏ lọc' }).click();
    await waits.getByText('Hồ Thị Đơn').waitFor();
  });

  step('who is to be sampled again is sorted and taken out by name, sessions by counts', async () => {
    const again = panel(centre, 'Cần lấy lại mẫu đơn');
    await again.getByText('Lê Thị Gộp').waitFor();
    const answer = centre.waitForResponse((one) => one.url().includes('/resampling-tasks?') && one.url().includes('order=descending') && one.ok());
    await again.getByRole('columnheader', { name: 'Từ', exact: true }).getByRole('button').click();
    await answer;
    await centre.waitForURL(/again=descending/);
    const people = await takeOut(centre, 'Lấy lại mẫu chiều nay', again);
    assert.match(people, /Lũy Tre: /, 'marked');
    for (const who of ['Lê Thị Gộp', 'Trần Thị Chung']) assert.ok(people.includes(who), who);
    assert.match(people, /QT-0002/);
    const sessions = await takeOut(centre, 'Giao ban tuần', panel(centre, 'Các đợt lấy mẫu'));
    assert.match(sessions, /Lũy Tre: /, 'marked');
    assert.match(sessions, /Nhà văn hóa khu phố 2/);
    for (const who of ['Hồ Thị Đơn', 'Lê Thị Gộp', 'Trần Thị Chung']) assert.ok(!sessions.includes(who), who);
    const positives = await takeOut(centre, 'Giao ban chiều', panel(centre, 'Kết quả dương tính chờ cán bộ xem'));
    assert.match(positives, /Hồ Thị Đơn/);
  });

  step('one tap confirms the case', async () => {
    await centre.goto(`${server.origin}/console/laboratory`);
    const confirm = centre.getByRole('button', { name: 'Xác nhận ca bệnh: Hồ Thị Đơn' });
    await confirm.waitFor();
    await browser.check(centre, 'laboratory');
    await confirm.click();
    await centre.waitForURL(/\/console\/cases\/[^/]+$/);
    caseAt = centre.url();
    await centre.getByRole('heading', { name: 'Xét nghiệm', level: 1 }).waitFor({ state: 'detached' }); // which names the person, too
    await centre.getByText('Hồ Thị Đơn').first().waitFor();
    await centre.locator('main nav').getByRole('link', { name: 'Lịch sử' }).click();
    await centre.getByText('Tự động, theo kết quả xét nghiệm').waitFor();
    const cdc = await officer(server, 'cdc1');
    assert.ok((await cdc.must(cdc.get('/positive-results'))).items.every((each) => !each.confirmable));
    await centre.goto(`${server.origin}/console/laboratory`);
    await centre.getByRole('heading', { name: 'Các đợt lấy mẫu' }).waitFor();
    assert.equal(await centre.getByRole('button', { name: /^Xác nhận ca bệnh/ }).count(), 0);
  });

  step('the record of the person tells all that is known in the order of time, and the person sees who looked', async () => {
    await centre.goto(`${server.origin}/console/people/${ill.self.id}`);
    const dialog = centre.getByRole('dialog');
    await dialog.getByLabel('Lý do').fill('Điều tra dịch tễ');
    await dialog.getByRole('button', { name: 'Mở hồ sơ' }).click();
    await centre.getByRole('button', { name: 'Xem dòng thời gian' }).click();
    const table = centre.getByRole('table', { name: 'Dòng thời gian' });
    await table.getByText('RT-PCR: Dương tính').waitFor();
    await table.getByText('Dịch tỵ hầu').first().waitFor();
    await table.getByRole('link', { name: /^Báo ca · COV-/ }).waitFor();
    await browser.check(centre, 'people-history');
    const log = (await ill.must(ill.get('/me/access-log'))).items.map((entry) => entry.action);
    for (const action of ['people.history', 'cases.read', 'laboratory.read']) assert.ok(log.includes(action), `${action} in ${log}`);
  });

  step('the case is taken out in HL7 FHIR, with a reason', async () => {
    await centre.goto(caseAt);
    await centre.getByRole('main').getByRole('button', { name: 'Thêm' }).click();
    await centre.getByRole('menuitem', { name: 'Xuất HL7 FHIR' }).click();
    const dialog = centre.getByRole('dialog').last();
    await dialog.getByLabel('Lý do').fill('Chuyển tuyến lên bệnh viện trung ương');
    await browser.check(centre, 'case-fhir');
    const [file] = await Promise.all([centre.waitForEvent('download'), dialog.getByRole('button', { name: 'Tải tệp' }).click()]);
    assert.match(file.suggestedFilename(), /^luytre-COV-.*\.json$/);
    const bundle = JSON.parse(await readFile(await file.path(), 'utf8'));
    assert.deepEqual([bundle.resourceType, bundle.type], ['Bundle', 'collection']);
    const observation = bundle.entry.map((entry) => entry.resource).find((one) => one.resourceType === 'Observation');
    assert.equal(observation.valueCodeableConcept.coding[0].code, '260373001');
    assert.equal(observation.component[0].valueQuantity.value, 21.5);
  });

  step('everybody reads the own result, of a pool only that a sample of one\'s own is needed', async () => {
    const phone = await browser.phoneOf(ill);
    await phone.goto(`${server.origin}/`);
    await phone.getByRole('link', { name: /Kết quả xét nghiệm của tôi/ }).click();
    await phone.getByText('Dương tính', { exact: true }).waitFor();
    await browser.check(phone, 'laboratory-own-phone');
    const pooled = await browser.phoneOf(first);
    await pooled.goto(`${server.origin}/results`);
    await pooled.getByText('Cần lấy lại mẫu riêng').waitFor();
    assert.equal(await pooled.getByText('Dương tính', { exact: true }).count(), 0);
    assert.deepEqual((await browser.kept(pooled)).filter((row) => row.includes('covid-19') && row.includes('repeat')), []);
  });

  step('of a sent tube the wrong person is taken back with a reason, and reads nothing of it any more', async () => {
    await station.goto(`${server.origin}/console/laboratory`);
    await station.getByRole('link', { name: 'Nhà văn hóa khu phố 2' }).click();
    await station.getByRole('button', { name: 'Sai người: Trần Thị Chung, QT-0002' }).click();
    const dialog = station.getByRole('dialog').last();
    await dialog.getByLabel('Lý do').fill('Quét nhầm mã');
    await dialog.getByRole('button', { name: 'Rút mẫu' }).click();
    await inTable('Trần Thị Chung').waitFor({ state: 'detached' });
    await inTable('Lê Thị Gộp').waitFor();
    const phone = await browser.phoneOf(second);
    await phone.goto(`${server.origin}/results`);
    await phone.getByText('Chưa có mẫu xét nghiệm nào').waitFor();
  });

  step('a laboratory\'s system hands over with a key: what is unknown stops nothing, and sent again nothing doubles', async () => {
    const place = await commune(server, '19333');
    const administrator = await officer(server, 'quantri');
    const key = async (area) => (await administrator.must(administrator.post('/keys', { name: 'LIS CDC', area, days: 30 }), 201)).token;
    const [own, low] = [await key(place.parent), await key(place.id)];
    const cdc = await officer(server, 'cdc1');
    const laboratory = (await cdc.must(cdc.get('/laboratories'))).items[0];
    const hand = (token, body) =>
      new Client(server).post(`/laboratories/${laboratory.id}/fhir`, body, { Authorization: `Bearer ${token}`, 'Content-Type': 'application/fhir+json' });
    const report = (value, tube, outcome) => ({
      resource: {
        resourceType: 'DiagnosticReport', identifier: [{ system: 'urn:lis', value }], status: 'final', issued: new Date().toISOString(),
        code: { coding: [{ system: 'http://loinc.org', code: '94558-4' }] }, specimen: [{ identifier: { value: tube } }],
        conclusionCode: [{ coding: [{ system: 'http://snomed.info/sct', code: outcome }] }],
      },
    });
    const message = { resourceType: 'Bundle', type: 'message', entry: [report('R-1', 'QT-0001', '260415000'), report('R-2', 'QT-7777', '260415000'), report('R-3', 'QT-0001', '1')] };
    const told = await hand(own, message);
    assert.equal(told.status, 200, JSON.stringify(told.body));
    assert.equal(told.body.resourceType, 'OperationOutcome');
    const answers = (outcome) => outcome.issue.map((issue) => issue.details.coding[0].code);
    assert.deepEqual(answers(told.body), ['taken', 'tube_unknown', 'no_result']);
    assert.deepEqual(answers((await hand(own, message)).body), ['same', 'same', 'no_result']);
    assert.equal((await hand(low, message)).status, 403, 'the laboratory is of the province');
    assert.equal((await hand(own, '{')).status, 400);
    await centre.goto(`${server.origin}/console/laboratory`);
    await centre.getByRole('link', { name }).click();
    await centre.getByText('QT-7777').first().waitFor();
  });

  step('from the case one comes to a session of its disease, and the person comes along', async () => {
    await centre.goto(caseAt);
    await centre.getByRole('link', { name: 'Lấy mẫu người này' }).click();
    await centre.getByRole('heading', { name: 'Lấy mẫu của Hồ Thị Đơn' }).waitFor();
    await centre.getByRole('link', { name: /^Trạm y tế phường ·/ }).waitFor();
    await browser.check(centre, 'laboratory-wanted');
    await centre.getByRole('button', { name: 'Mở đợt lấy mẫu' }).click();
    const form = centre.getByRole('dialog').last();
    const disease = form.getByRole('combobox', { name: 'Bệnh', exact: true }).or(form.getByLabel('Bệnh', { exact: true }).and(form.locator('input'))).first();
    await until('the disease to be set', async () => (await disease.inputValue()) === 'COVID-19', 30);
    await choose(centre, form, 'Bệnh', 'Tả');
    await form.getByRole('combobox', { name: 'Loại mẫu', exact: true }).or(form.getByLabel('Loại mẫu', { exact: true }).and(form.locator('input'))).first().click();
    const offered = async () => (await centre.getByRole('option').allTextContents()).join();
    await until('what is taken for cholera to be offered, and nothing else', async () => (await offered()) === 'Phân,Ngoáy trực tràng,Khác', 30);
    await centre.getByRole('option', { name: 'Phân' }).click();
    await form.getByRole('button', { name: 'Thôi', exact: true }).click();
    await form.waitFor({ state: 'detached' });
    await centre.getByRole('link', { name: /^Trạm y tế phường ·/ }).click();
    const take = centre.getByRole('button', { name: 'Ghi mẫu: Hồ Thị Đơn' });
    await take.waitFor();
    assert.equal(await take.isDisabled(), true, 'no tube yet');
    assert.doesNotMatch(centre.url(), /covid/);
    await centre.getByLabel('Mã vạch ống').fill('QT-0010');
    await take.click();
    await centre.getByRole('table').getByText('QT-0010').waitFor();
    await take.waitFor({ state: 'detached' });
    assert.doesNotMatch(centre.url(), /case=/);
  });

  step('what was entered wrongly is corrected, and its case stands on the list until it is undone', async () => {
    const cdc = await officer(server, 'cdc1');
    const laboratory = (await cdc.must(cdc.get('/laboratories'))).items[0];
    const tube = await cdc.must(cdc.post(`/laboratories/${laboratory.id}/look`, { tube: 'QT-0001' }));
    const wrong = tube.results.find((one) => one.method === 'pcr');
    await cdc.must(cdc.post(`/test-results/${wrong.id}/correct`, { outcome: 'negative', at: wrong.at, reason: 'Nhầm giếng' }));
    await centre.goto(`${server.origin}/console/laboratory`);
    await centre.getByRole('heading', { name: 'Ca bệnh có kết quả không còn đứng vững' }).waitFor();
    await browser.check(centre, 'laboratory-overturned');
    const fallen = panel(centre, 'Ca bệnh có kết quả không còn đứng vững');
    const sorted = centre.waitForResponse((one) => one.url().includes('/overturned-results?') && one.url().includes('order=descending') && one.ok());
    await fallen.getByRole('columnheader', { name: 'Từ', exact: true }).getByRole('button').click();
    await sorted;
    await centre.waitForURL(/overturned=descending/);
    const file = await takeOut(centre, 'Rà soát ca bệnh', fallen);
    assert.match(file, /Lũy Tre: /, 'marked');
    assert.match(file, /Hồ Thị Đơn/);
    assert.match(file, /QT-0001,.*,pcr,negative,/);
    await centre.getByRole('link', { name: /^COV-/ }).click();
    await centre.waitForURL((url) => url.href.startsWith(caseAt));
    await centre.getByRole('main').getByRole('button', { name: 'Thêm' }).click();
    await centre.getByRole('menuitem', { name: 'Hoàn tác thay đổi gần nhất' }).click();
    const dialog = centre.getByRole('dialog').last();
    await dialog.getByLabel('Lý do').fill('Phòng xét nghiệm báo nhầm');
    await dialog.getByRole('button', { name: 'Hoàn tác thay đổi gần nhất' }).click();
    await dialog.waitFor({ state: 'detached' });
    // With the confirmation undone nothing is left of what the result alone had reported.
    await until('the suspect to go with its result', async () => (await cdc.must(cdc.get('/overturned-results'))).items.length === 0);
    const reported = await cdc.must(cdc.get(`/cases/${new URL(caseAt).pathname.split('/').at(-1)}`));
    assert.equal(reported.classification, 'discarded');
    await centre.goto(`${server.origin}/console/laboratory`);
    await centre.getByRole('heading', { name: 'Các đợt lấy mẫu' }).waitFor();
    await centre.getByRole('heading', { name: 'Ca bệnh có kết quả không còn đứng vững' }).waitFor({ state: 'detached' });
  });

  step('the person sees who took the sample and who looked', async () => {
    const log = (await ill.must(ill.get('/me/access-log?limit=200'))).items.map((entry) => entry.action);
    for (const action of ['laboratory.sample', 'laboratory.read', 'laboratory.take_positives', 'laboratory.take_overturned', 'cases.confirm']) assert.ok(log.includes(action), `${action} in ${log}`);
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
