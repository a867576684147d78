// A place that is registered but not scanned: seen on an officer's phone, with a photo that tells nothing but the picture; the keeper reads what is meant for them.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Browser, citizen, commune, officer, Server, steps } from './support.mjs';

describe('inspections in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, station, api, keeper, place, unit, camera;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    unit = await commune(server, '19333');
    api = await officer(server, 'tyt-dongha');
    keeper = await citizen(server, '+84919000201', { name: 'Trần Thị Giữ', birthYear: 1990, sex: 'female', unit: unit.id });
    const pending = await keeper.must(keeper.post('/places/registrations', { name: 'Quán nước đầu cầu', kind: 'restaurant', unit: unit.id, address: '1 Bạch Đằng', phone: '+84919000202' }));
    place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84919000202') }));
    station = await browser.officer('tyt-dongha', { width: 390, height: 844 });
    // As a camera writes it: larger than is sent, and with where it was taken.
    const drawn = await station.evaluate(() => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 2400, height: 1800 });
      const pen = canvas.getContext('2d');
      pen.fillStyle = '#2f6f4f';
      pen.fillRect(0, 0, 2400, 1800);
      pen.fillStyle = 'white';
      pen.fillRect(900, 500, 600, 800);
      return canvas.toDataURL('image/jpeg').split(',')[1];
    });
    const picture = Buffer.from(drawn, 'base64');
    const exif = Buffer.from('Exif\0\0GPS 16.81,107.10');
    camera = Buffer.concat([picture.subarray(0, 2), Buffer.from([0xff, 0xe1, 0, exif.length + 2]), exif, picture.subarray(2)]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  step('the officer writes down what was found, with a photo', async () => {
    await station.goto(`${server.origin}/console/places/${place.id}`);
    await station.getByText('Chưa ai ghi lần kiểm tra nào').waitFor();
    await station.getByRole('link', { name: 'Ghi lần kiểm tra' }).click();
    await station.getByRole('radio', { name: 'Không thấy tờ mã' }).check();
    await station.getByLabel('Lời nhắn cho người quản lý').fill('Xin dán lại tờ mã ở cửa chính.');
    await station.getByLabel('Ghi chú nội bộ').fill('Gặp con trai chủ quán.');
    const week = new Date(Date.now() + 7 * 86_400_000 + 7 * 3600_000).toISOString().slice(0, 10).split('-').reverse().join('/');
    await station.getByLabel('Ngày đến lại').fill(week);
    await station.locator('input[type=file]').setInputFiles({ name: 'cua.jpg', mimeType: 'image/jpeg', buffer: camera });
    await browser.check(station, 'inspection-form-phone');
    await station.getByRole('button', { name: 'Lưu lần kiểm tra' }).click();
    await station.getByText('Đã lưu lần kiểm tra').first().waitFor();
    await station.getByRole('listitem').getByText('Gặp con trai chủ quán.').waitFor(); // in the form it stood before, too
    await browser.check(station, 'inspection-place-phone');
  });

  step('the photo is the picture alone, within bounds; each look at it is logged', async () => {
    const [made] = (await api.must(api.get(`/places/${place.id}/inspections`))).items;
    assert.equal(made.photos.length, 1);
    assert.deepEqual([made.photos[0].width, made.photos[0].height], [1280, 960]);
    const looked = station.waitForResponse((response) => response.url().includes('/inspection-photos/'));
    await station.getByRole('button', { name: 'Ảnh 1' }).click();
    const photo = await (await looked).body();
    assert.ok(photo.length < 400 * 1024);
    assert.ok(!photo.includes('Exif') && !photo.includes('GPS'));
    await station.getByRole('img', { name: 'Ảnh chụp lúc kiểm tra' }).waitFor();
    await browser.check(station, 'inspection-photo-phone');
    await station.keyboard.press('Escape');
    const log = await officer(server, 'kiemtoan').then((auditor) => auditor.must(auditor.get('/access-log?limit=200')));
    assert.ok(log.items.some((each) => each.action === 'inspections.photo' && each.filter.includes(made.photos[0].id)));
    const cookies = [...api.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const raw = await fetch(`${server.origin}/api/v1/inspections/${made.id}/photos`, { method: 'POST', body: camera, headers: { Cookie: cookies, 'Content-Type': 'image/jpeg', 'X-Requested-With': 'luytre' } });
    assert.equal(raw.status, 422, 'as the camera wrote it');
    assert.equal((await raw.json()).code, 'photo_metadata');
  });

  step('it is to be seen again', async () => {
    await station.goto(`${server.origin}/console/places/inspections`);
    await station.getByRole('link', { name: 'Quán nước đầu cầu' }).waitFor();
    await browser.check(station, 'inspection-due-phone');
    const turned = station.waitForResponse((one) => one.url().includes('/inspections/due?') && one.url().includes('order=descending') && one.ok());
    await station.goto(`${server.origin}/console/places/inspections?order=descending`);
    assert.equal((await (await turned).json()).items.length, 1);
    await station.getByRole('link', { name: 'Quán nước đầu cầu' }).waitFor();
    await station.goto(`${server.origin}/console/places/inspections?outcome=gone`);
    await station.getByText('Không có địa điểm nào khớp bộ lọc').waitFor();
  });

  step('the keeper reads what was found and the words for the keeper, nothing else', async () => {
    const phone = await browser.phoneOf(keeper);
    await phone.goto(`${server.origin}/places/${place.id}`);
    await phone.getByText('Trạm y tế đã đến xem').waitFor();
    await phone.getByText('Xin dán lại tờ mã ở cửa chính.').waitFor();
    assert.equal(await phone.getByText('con trai').count(), 0);
    await browser.check(phone, 'inspection-keeper-phone');
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
