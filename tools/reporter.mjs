/** A vitest reporter that prints only failures. The caller prints `totals`. */
export class FailuresReporter {
  passed = 0;
  failed = 0;
  skipped = 0;

  onInit(vitest) {
    this.vitest = vitest;
  }

  onTestRunEnd(modules, unhandledErrors) {
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      this.passed += tests.filter((test) => test.result().state === "passed").length;
      this.skipped += tests.filter((test) => test.result().state === "skipped").length;
      for (const item of [module, ...module.children.allSuites()]) this.#fail(item, item.errors());
      for (const test of tests) this.#fail(test, test.result().state === "failed" ? test.result().errors : []);
    }
    for (const error of unhandledErrors) this.#print("outside a test", error);
    this.failed += unhandledErrors.length;
  }

  #fail(item, errors) {
    if (errors.length === 0) return;
    this.failed += 1;
    const { relativeModuleId } = item.module ?? item;
    const title = item.fullName ? `${relativeModuleId} > ${item.fullName}` : relativeModuleId;
    for (const error of errors) this.#print(title, error, item);
  }

  #print(title, error, item) {
    this.vitest.logger.error(`\nFAIL ${title}`);
    this.vitest.logger.printError(error, { project: item?.project, task: item?.task });
  }
}
