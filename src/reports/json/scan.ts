/** What a scan adds to its target in the JSON report. */
import type { ScanFacts, Scanned, ScannedSuite, ScanProtocol } from '../../scan/scan-facts.ts'
import { suiteCode, traitsOf } from '../../scan/scanned-suite.ts'
import { groupName, schemeName } from '../../wire/names.ts'

export function scanJson({
  protocols,
  groups,
  signatureSchemes,
  dhPrimes,
  extras,
  cost,
}: ScanFacts) {
  return {
    protocols: protocols.map(({ version, suites, ...rest }) => ({
      version,
      offered: rest.offered,
      suites: suites.map(suite => suiteJson(version, suite)),
      unknownSuites: rest.unknownSuites,
      preference: rest.preference,
    })),
    groups: groups.map(group => scannedJson(group, groupName)),
    signatureSchemes: signatureSchemes.map(scheme => scannedJson(scheme, schemeName)),
    dhPrimes,
    extras,
    probes: cost,
  }
}

function suiteJson(version: ScanProtocol, { code, group, dhBits }: ScannedSuite) {
  const { name, opensslName, bits } = traitsOf(version, code)
  return {
    code: suiteCode(version, code),
    name,
    opensslName,
    group: group === null ? null : groupName(group),
    dhBits,
    bits,
  }
}

function scannedJson({ code, offered }: Scanned, nameOf: (code: number) => string) {
  return { code: suiteCode('TLSv1.3', code), name: nameOf(code), offered }
}
