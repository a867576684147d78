// The investigation form of a case in real browsers: the station fills it in on a phone, with and without a network, each once; two officers who write
// at once are shown what differs; the onset told there goes into the case only when somebody says so; it is printed empty and filled.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Browser, citizen, commune, officer, Server, steps, until } from './support.mjs';

describe('the investigation of a case in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, station, kase, phone;

  const local = (days) => new Date(Date.now() - days * 86_400_000 + 7 * 3_600_000).toISOString().slice(0, 10);
  const written = (iso) => iso.split('-').reverse().join('/');

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const unit = await commune(server, '19333');
    const ill = await citizen(server, '+84919200010', { name: 'Lê Thị Hỏi', birthYear: 1988, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    station = await officer(server, 'tyt-dongha');
    kase = await station.must(station.post('/cases', { person: ill.self.id, disease: 'cholera' }), 201);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const stands = () => station.must(station.get(`/cases/${kase.id}/investigation`));
  const versions = async () => (await station.must(station.get(`/cases/${kase.id}/investigation/versions`))).items;
  const asked = (page, name) => page.getByRole('radiogroup', { name, exact: true });
  const answer = (page, name, value) => asked(page, name).getByRole('radio', { name: value, exact: true }).check();
  const save = (page) => page.getByRole('button', { name: 'Ghi phiếu này' }).click();

  step('the form of the disease is filled in on a phone as far as it is known; nothing is chosen beforehand', async () => {
    phone = await browser.officer('tyt-dongha', { width: 390, height: 844 });
    await phone.goto(`${server.origin}/console/cases/${kase.id}`);
    await phone.getByRole('link', { name: 'Phiếu điều tra', exact: true }).click();
    await phone.getByText('Chưa ghi phiếu điều tra').waitFor();
    await phone.getByRole('button', { name: 'Ghi phiếu', exact: true }).click();
    await asked(phone, 'Đi ngoài như nước vo gạo').waitFor();
    assert.equal(await phone.getByRole('radio', { checked: true }).count(), 0);
    assert.equal(await asked(phone, 'Hạt Koplik trong miệng').count(), 0, 'of another disease');
    assert.equal(await phone.getByRole('checkbox', { checked: true }).count(), 0);
    await phone.getByLabel('Nghề nghiệp').fill('Bán hải sản');
    await phone.getByLabel('Ngày khởi phát').fill(local(2));
    await answer(phone, 'Sốt', 'Không');
    await answer(phone, 'Đi ngoài như nước vo gạo', 'Có');
    await phone.getByLabel('Đi ngoài như nước vo gạo: từ ngày').fill(local(1));
    await answer(phone, 'Đái tháo đường', 'Có');
    await browser.check(phone, 'investigation-phone');
    await save(phone);
    await phone.getByRole('heading', { name: 'Triệu chứng, bệnh nền, yếu tố dịch tễ' }).waitFor();
    await phone.getByText(`Đi ngoài như nước vo gạo (từ ${written(local(1))})`).first().waitFor();
    await phone.getByText('Còn ghi dở').first().waitFor();
    const kept = await stands();
    assert.equal(kept.version, 1);
    assert.equal(kept.complete, false);
    assert.deepEqual(kept.findings.map(({ code, present }) => [code, present]), [['R50.9', false], ['rice-water-stools', true], ['E14', true]]);
    await browser.check(phone, 'investigation-filled-phone');
  });

  step('the onset told there changes nothing until an officer says so', async () => {
    assert.equal((await station.must(station.get(`/cases/${kase.id}`))).onset, undefined);
    await phone.getByRole('button', { name: 'Ghi ngày này vào ca bệnh' }).click();
    await phone.getByRole('button', { name: 'Ghi ngày này vào ca bệnh' }).waitFor({ state: 'detached' });
    assert.equal((await station.must(station.get(`/cases/${kase.id}`))).onset, local(2));
  });

  step('without a network it waits on the phone, and goes once when there is one', async () => {
    await phone.getByRole('button', { name: 'Ghi tiếp, sửa phiếu' }).click();
    await asked(phone, 'Tăng huyết áp').waitFor();
    await phone.context().setOffline(true);
    await answer(phone, 'Tăng huyết áp', 'Có');
    await save(phone);
    await phone.getByText('Phiếu chờ gửi').waitFor();
    assert.equal((await stands()).version, 1);
    await phone.getByRole('button', { name: 'Ghi tiếp phiếu này' }).click();
    await answer(phone, 'Ung thư', 'Không');
    await save(phone);
    await phone.getByText('Phiếu chờ gửi').waitFor();
    await phone.context().setOffline(false);
    await phone.getByText('Phiếu chờ gửi').waitFor({ state: 'detached' });
    const kept = await stands();
    assert.equal(kept.version, 2, 'what was gone on with is sent once, as one');
    assert.ok(kept.findings.some(({ code, present }) => code === 'I10' && present));
    assert.ok(kept.findings.some(({ code, present }) => code === 'C80.9' && !present));
  });

  step('who goes on with what waits while it is sent does not write beside themselves', async () => {
    await phone.getByText('Tăng huyết áp').first().waitFor();
    await phone.getByRole('button', { name: 'Ghi tiếp, sửa phiếu' }).click();
    await asked(phone, 'Suy giảm miễn dịch').waitFor();
    await phone.context().setOffline(true);
    await answer(phone, 'Suy giảm miễn dịch', 'Không');
    await save(phone);
    await phone.getByRole('button', { name: 'Ghi tiếp phiếu này' }).click();
    await asked(phone, 'Đã ghép tạng').waitFor();
    await phone.context().setOffline(false);
    await until('what waited to be written', async () => (await stands()).version === 3);
    await answer(phone, 'Đã ghép tạng', 'Không');
    await save(phone);
    await until('the rest to be written', async () => (await stands()).version === 4);
    assert.equal(await phone.getByText('Có người vừa ghi phiếu này').count(), 0);
    const absent = (await stands()).findings.filter(({ present }) => !present).map(({ code }) => code);
    assert.ok(absent.includes('D84.9') && absent.includes('Z94.9'));
    await phone.getByText('Phiếu chờ gửi').waitFor({ state: 'detached' });
    await phone.getByText('Đã ghép tạng').first().waitFor();
  });

  step('who writes while somebody else does is shown what differs, and neither is lost', async () => {
    await phone.getByText('Tăng huyết áp').first().waitFor();
    await phone.getByRole('button', { name: 'Ghi tiếp, sửa phiếu' }).click();
    await phone.getByLabel('Nghề nghiệp').fill('Bán cá');
    const desk = await officer(server, 'cdc1');
    const { form, formVersion, response, version } = await desk.must(desk.get(`/cases/${kase.id}/investigation`));
    const theirs = structuredClone(response);
    theirs.item.find(({ linkId }) => linkId === 'person').item[0].answer = [{ valueString: 'Kế toán' }];
    await desk.must(desk.edit(`/cases/${kase.id}/investigation`, { form, formVersion, response: theirs, complete: false }, version));
    await save(phone);
    const conflict = phone.getByRole('alert').filter({ hasText: 'Có người vừa ghi phiếu này' });
    await conflict.getByText('Kế toán → Bán cá').waitFor();
    await browser.check(phone, 'investigation-conflict-phone');
    assert.equal((await stands()).version, 5);
    await conflict.getByRole('button').last().click();
    await conflict.waitFor({ state: 'detached' });
    await phone.getByText('Bán cá').first().waitFor();
    const all = await versions();
    assert.deepEqual(all.map(({ version: number }) => number), [6, 5, 4, 3, 2, 1]);
    await phone.getByRole('button', { name: 'Các lần ghi' }).click();
    await phone.getByRole('dialog').last().getByText('Kế toán → Bán cá').waitFor();
    await phone.keyboard.press('Escape');
  });

  step('what was found stands on the page of the case, and the form is printed empty and filled', async () => {
    const desk = await browser.officer('cdc1');
    await desk.addInitScript(() => {
      window.print = () => undefined;
    });
    await desk.goto(`${server.origin}/console/cases/${kase.id}`);
    await desk.getByRole('heading', { name: 'Triệu chứng, bệnh nền, yếu tố dịch tễ' }).waitFor();
    await desk.getByText('Đái tháo đường', { exact: false }).first().waitFor();
    await desk.getByRole('link', { name: 'Phiếu điều tra', exact: true }).click();
    await desk.getByRole('button', { name: 'In phiếu trống' }).click();
    await desk.emulateMedia({ media: 'print' });
    const empty = desk.getByRole('article', { name: 'In phiếu trống' });
    await empty.waitFor();
    assert.equal(await empty.getByText('☒').count(), 0);
    assert.equal(await empty.getByText('Bán cá').count(), 0);
    await empty.getByText('Đi ngoài như nước vo gạo: từ ngày').waitFor();
    await desk.emulateMedia({ media: 'screen' });
    await desk.evaluate(() => dispatchEvent(new Event('afterprint')));
    await desk.getByRole('button', { name: 'In phiếu đã ghi' }).click();
    await desk.emulateMedia({ media: 'print' });
    const filled = desk.getByRole('article', { name: 'In phiếu đã ghi' });
    await filled.getByText('Bán cá').waitFor();
    assert.ok((await filled.getByText('☒').count()) >= 4);
    await desk.emulateMedia({ media: 'screen' });
    await desk.evaluate(() => dispatchEvent(new Event('afterprint')));
    await browser.check(desk, 'investigation-desk');
  });
});
