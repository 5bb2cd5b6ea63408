// What the journeys of a court's people share: cases in folders, importing them, waiting for their reports.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

export const say = {
  zh: {
    worklist: '案件列表', search: '搜索', searchButton: '搜索', clear: '清除条件', attention: '只看需要关注的', listed: (n) => `已列出 ${n} 件案件`, none: '没有符合条件的案件',
    importStart: /^开始导入/, folder: '选择文件夹', chosen: (n) => `已选择 ${n} 件案件`, leftOver: (n) => `有 ${n} 个文件不属于`, summary: (all, done, failed) => `共 ${all} 件：完成 ${done} 件，失败 ${failed} 件`,
    verifySelected: /^重新核验所选/, selectAll: '全选本页列出的案件', exportCsv: '导出列表（CSV）', request: '制作补充通知', send: '发出通知', sent: '通知已发出', until: '补充期限',
    fingerprint: '文件指纹与链上记录的指纹不同', originalFile: '请提交存证时的原文件', asked: '已要求补充', verifyAgain: '重新核验', ordered: '已提交重新核验', verdict: '部分事项需要关注',
    checked: '浏览器核对通过：ES256 签名和日志证明成立；SM2 签名未在此核对', notChecked: 'ES256 签名成立；SM2 签名和日志证明未在此核对', sm2: 'SM2 签名：浏览器不支持，未在此核对', expert: '专家版', goTo: '转到', note: '批注内容', saveNote: '保存批注',
    savedNote: '批注已保存', compare: '并排查看文件', show: '显示', noPreview: '不能预览', nextPage: '下一页', previousPage: '上一页', pageNumber: '页码', pageSize: '显示大小', pageOf: (page, most) => `第 ${page} 页，共 ${most} 页`, noSuchPage: '此文件没有第 3 页，共 2 页。', undrawn: '不能绘成图片', same: '两个文件逐字节相同', different: '两个文件不是逐字节相同', wrongRole: '您的账号不能使用这个页面', jws: '签名的报告（JWS）', pdf: 'PDF（加盖电子签章）',
    downloaded: '已下载', copy: '副本', elsewhere: '在本院的其他报告中查到', reportFile: '报告文件', issued: '本报告由本系统出具，目前有效', superseded: '已被后一份报告取代', unknown: '不能确认这是本系统出具的报告',
    otherKey: '所用密钥不是本网关现在公布的密钥', damaged: 'ES256 签名：没有核对通过', number: '报告编号', look: /查询/, badNumber: '编号的格式不对', notThere: '本网关没有这个编号的报告', unknownKind: '这不是报告文件的类型',
    trustFile: '新的信任名单', newer: '较新版本', older: '退回旧版本', hasDefects: '提交内容存在缺陷', noListFile: '请选择 .zip 或者 .toml 文件', tried: '最近一次自检', receiving: '正在收件的提交',
    askDeletion: '申请删除', deletionAsked: '已申请删除，等待法官确认', cancelDeletion: '撤销申请', noDeletion: '没有人申请删除', hold: '设定法律保全', held: '保全期间不会删除', holdReason: '保全理由', retrial: '再审', release: '解除法律保全',
    ready: '本网关可以受理和核验', listInForce: '生效的信任名单', ownKeys: /公钥信息/, noContent: '运行维护人员看不到任何案件内容',
  },
  en: {
    worklist: 'Worklist', search: 'Search', searchButton: 'Search', clear: 'Clear filters', attention: 'Only what needs attention', listed: (n) => `${n} ${n === 1 ? 'case' : 'cases'} listed`, none: 'No case matches',
    checked: 'Checked by your browser: ES256 signature and log proof hold; the SM2 signature was not checked here', notChecked: 'The ES256 signature holds; SM2 signature and log proof were not checked here', sm2: 'SM2 signature: browsers do not support it; it was not checked here', expert: 'Expert', goTo: 'Go to',
    compare: 'View files side by side', show: 'Show', reportFile: 'Report file', issued: 'This report was issued here and stands', superseded: 'a later report has taken its place', number: 'Report number', look: /Look up/, badNumber: 'This is no report number',
    notThere: 'This gateway has no report of that number', trustFile: 'New trust list', newer: 'a newer version of the same list', older: 'a step back', hasDefects: 'defects', noListFile: 'Choose a .zip or .toml file', tried: 'Last self-test', receiving: 'Being received',
    ready: 'This gateway takes cases in and verifies them', listInForce: 'Trust list in force', ownKeys: /These are public/,
  },
}

export const button = (who, name) => who.page.getByRole('button', { name, exact: typeof name === 'string' })

/** The sample case again under another number; `change` alters its case.json. */
export function makeCase(folder, sample, caseNumber, change = () => undefined) {
  fs.cpSync(sample, folder, { recursive: true })
  const file = path.join(folder, 'case.json')
  const filed = JSON.parse(fs.readFileSync(file, 'utf8'))
  filed.caseNumber = caseNumber
  change(filed, folder)
  fs.writeFileSync(file, JSON.stringify(filed))
}

/** A PDF with a page of each text, in a Chinese typeface that it only names. */
export function makePdf(file, texts) {
  const objects = ['<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>', '',
    '<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>',
    '<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>']
  const pages = texts.map((text) => {
    const letters = [...text].map((one) => one.codePointAt(0).toString(16).padStart(4, '0')).join('')
    const content = `BT /F 36 Tf 60 700 Td <${letters}> Tj ET`
    objects.push(`<</Length ${content.length}>>stream\n${content}\nendstream`)
    objects.push(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${objects.length} 0 R/Resources<</Font<</F 3 0 R>>>>>>`)
    return `${objects.length} 0 R`
  })
  objects[1] = `<</Type/Pages/Kids[${pages.join(' ')}]/Count ${pages.length}>>`
  fs.writeFileSync(file, `%PDF-1.7\n${objects.map((one, at) => `${at + 1} 0 obj${one}\nendobj\n`).join('')}trailer<</Root 1 0 R>>\n`)
}

export function archive(folder, file) {
  execFileSync('zip', ['-q', '-r', file, '.'], { cwd: folder })
}

/** By the clerk's own page, all of a folder at once. */
export async function importFolder(who, folder) {
  await who.page.goto('/app/clerk/import')
  await who.page.getByTestId('folder').setInputFiles(folder)
  await button(who, who.words.importStart).click()
  await who.page.getByRole('status').filter({ hasText: /共 \d+ 件：/ }).filter({ hasNotText: '完成 0 件，失败 0 件' }).waitFor({ timeout: 60_000 })
}

/** Lines of the list as the gateway gives them to this person. */
export async function linesOf(who, query = '') {
  const answer = await who.context.request.get(`/v1/submissions?limit=100${query}`)
  return (await answer.json()).items
}

/** Until each of these case numbers has a report; gives their lines. */
export async function untilReported(who, numbers, reportedBefore = {}) {
  for (const end = Date.now() + 180_000; ;) {
    const lines = (await linesOf(who)).filter((line) => numbers.includes(line.caseNumber))
    const done = lines.filter((line) => line.state === 'DONE' && line.report !== undefined && line.report !== reportedBefore[line.caseNumber])
    if (done.length >= numbers.length) return Object.fromEntries(done.map((line) => [line.caseNumber, line]))
    if (Date.now() > end) throw new Error(`no report yet: ${JSON.stringify(lines.map(({ caseNumber, state }) => [caseNumber, state]))}`)
    await who.page.waitForTimeout(500)
  }
}

/** Only Tab and Enter and what is typed, from the top of the page on; fails after so many stops. */
export async function tabTo(page, locator, most = 80) {
  for (let stop = 0; stop < most; stop++) {
    await page.keyboard.press('Tab')
    if (await locator.evaluate((one) => one === document.activeElement).catch(() => false)) return
  }
  throw new Error(`the keyboard does not reach ${locator}`)
}
