import base from '/tmp/wt/training/playwright.config.ts'
export default { ...base, testDir: '/tmp/wt/training/e2e', outputDir: '/tmp/pw-training-out', webServer: [] }
