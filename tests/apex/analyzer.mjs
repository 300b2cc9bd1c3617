/**
 * Salesforce Code Analyzer over the package, with its engines for Apex and for libraries with known holes; what it says, as lines.
 * Judges nothing. ESLint, its fourth engine, runs in a check of its own over the same components.
 *
 * The engines are exact versions: what an engine finds changes from one to the next. package.json puts all of them on one version of
 * the interface between them, since each release names another.
 */
import { relative, sep } from 'node:path';
import { CodeAnalyzer, CodeAnalyzerConfig, EventType } from '@salesforce/code-analyzer-core';
import { createEnginePlugin as pmd } from '@salesforce/code-analyzer-pmd-engine';
import { createEnginePlugin as retirejs } from '@salesforce/code-analyzer-retirejs-engine';
import { createEnginePlugin as graph } from '@salesforce/code-analyzer-sfge-engine';

/** What a review of a package asks for: critical and high, of the rules that Salesforce recommends, of the AppExchange and of security. */
export const DEMANDED = ['Recommended:(1,2)', 'AppExchange:(1,2)', 'Security:(1,2)'];

/** The Graph Engine gives up a path after half a minute, which a busy machine may need. */
const CONFIG = { engines: { sfge: { java_thread_timeout: 900_000, java_thread_count: 2 } } };

/** Says nothing on its own; a failure of an engine is one of ours. */
export async function analyze(directory, engines, selectors) {
    const analyzer = new CodeAnalyzer(CodeAnalyzerConfig.fromObject(CONFIG, directory));
    const failures = [];
    const listen = ({ logLevel, message }) => logLevel === 1 && failures.push(message);
    analyzer.onEvent(EventType.LogEvent, listen);
    analyzer.onEvent(EventType.EngineLogEvent, listen);
    for (const engine of engines) await analyzer.addEnginePlugin(engine());
    const workspace = await analyzer.createWorkspace([directory]);
    const rules = await analyzer.selectRules(selectors, { workspace });
    const results = await analyzer.run(rules, { workspace });
    const said = results.getViolations().map((violation) => {
        const place = violation.getPrimaryLocation();
        const file = place.getFile() ? relative(directory, place.getFile()).split(sep).join('/') : '';
        return `${violation.getRule().getName()} ${file}:${place.getStartLine()} ${violation.getMessage()}`;
    });
    return { rules: rules.getCount(), said: [...failures, ...said].sort() };
}

export const engines = { pmd, retirejs, graph };
