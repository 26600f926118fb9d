/** Types that the library's signatures mention, so that its users can name them. */
export type { Countable, Limits as ChainLimits, Stats } from './chain/limits.ts'
export type { PathError } from './chain/path-error.ts'
export type { Purpose } from './chain/purpose.ts'
export type { CheckedSct, Doubt, Rejection, SctOrigin, SctOutcome } from './chain/sct.ts'
export type { Status as RevocationStatus, Trouble } from './chain/status.ts'
export type { ExpectedName, VerifyError } from './chain/verify-chain.ts'
export type { Address, Lookup } from './connect/dns.ts'
export type { FetchCache, FetchFailure, FetchOptions, FetchRequest } from './connect/fetch.ts'
export type { Credentials } from './connect/proxy.ts'
export type { ClientCertificate } from './connect/secure.ts'
export type { ErrorDetails, Phase } from './errors.ts'
export type { BookedChain, ChainBook } from './facts/chain-book.ts'
export type {
  AcceptedFlight,
  Allowed,
  Answer,
  Burst,
  Cell,
  CertificateStatus,
  FactName,
  Facts,
  HeardStatus,
  KeyMisfit,
  LackingRoot,
  Live,
  Mismatch,
  MissingIssuer,
  NodeSummary,
  PlainHttp,
  ProtocolName,
  Protocols,
  Redirect,
  Referers,
  Refusal,
  ResponseText,
  Revocation,
  SentChain,
  SentEntry,
  Threshold,
  Thresholds,
  Trust,
  UsualAnswer,
} from './facts/facts.ts'
export type { FullChain } from './facts/full-chain.ts'
export type { Objection } from './facts/objection.ts'
export type { RevocationBook } from './facts/revocation.ts'
export type { Delivery, SctBook } from './facts/scts.ts'
export type { NameAnswer, Server } from './facts/server.ts'
export type { TrustAnalysis } from './facts/trust.ts'
export type { Remarks } from './grade.ts'
export type { Aside, Hello } from './hello.ts'
export type { Limits } from './limits.ts'
export type {
  Body,
  HttpAnswer,
  HttpHop,
  HttpObservation,
  HttpResult,
  HttpVisit,
  RefererKind,
  UpgradeResult,
  VerifyFile,
  WebSocketObservation,
} from './observation/web.ts'
export type {
  Attempt,
  Fact,
  FetchedIssuer,
  FetchedStatus,
  Material,
  Node,
  ObservedTarget,
  Reach,
  RecordedError,
  UnknownWhy,
} from './observation.ts'
export type { Progress } from './observe/observe.ts'
export type { MiniProgram } from './observe/referers.ts'
export type { WebOptions } from './observe/web.ts'
export type { Place } from './place.ts'
export type { Ats, CtDemand, CtTable, StoreRef } from './platform.ts'
export type { KeyPolicy, LifetimeStep } from './policy.ts'
export type {
  AddressResult,
  AnchorResult,
  CellResult,
  CertificateResult,
  ChainResult,
  FindingResult,
  HandshakeResult,
  MissingResult,
  OwnClientResult,
  PaintStyle,
  PlatformResult,
  ProjectResult,
  ReportPieces,
  RuleInfo,
  RunInfo,
  Style,
  Suppression,
  Totals,
} from './report.ts'
export type { ReportId } from './reports/index.ts'
export type { RunFacts } from './result.ts'
export type { CloudService, Emission, Fix, RuleWords, ServerSoftware } from './rule.ts'
export type { RuleId } from './rules/index.ts'
export type {
  DhPrime,
  ScanCost,
  ScanExtras,
  ScanFacts,
  Scanned,
  ScannedProtocol,
  ScannedSuite,
} from './scan/scan-facts.ts'
export type { CtLog } from './stores/ct-logs.ts'
export type { Replica } from './stores/derive.ts'
export type {
  Imported,
  ImportedConstraint,
  ImportedIntermediates,
  ImportedLogs,
  ImportedRoot,
  ImportedRoots,
} from './stores/import/imported.ts'
export type { IntermediateEntry, Intermediates } from './stores/intermediates.ts'
export type {
  Anchor,
  Constraint,
  Holding,
  Interval,
  Root,
  StoreAnchors,
  StoreName,
  StoreTable,
  StoreVersion,
} from './stores/store.ts'
export type { ClientHelloSpec, ExtensionSpec } from './wire/client-hello.ts'
export type {
  ClientAuth,
  Handshake,
  HandshakeEnd,
  ServerFlight,
  Stage,
  Violation,
} from './wire/outcome.ts'
export type { AccessLocations, DistributionPoint } from './x509/access-extensions.ts'
export type {
  BasicConstraints,
  CertificatePolicy,
  NameConstraints,
  PolicyConstraints,
  PolicyMapping,
} from './x509/constraint-extensions.ts'
export type { Extension, KnownExtensions } from './x509/extension.ts'
export type { GeneralName } from './x509/general-name.ts'
export type { AuthorityKeyIdentifier } from './x509/key-extensions.ts'
export type { Name, NameAttribute } from './x509/name.ts'
export type { KeyAlgorithm, PublicKeyInfo } from './x509/public-key.ts'
export type { Sct } from './x509/sct.ts'
export type { HashName, SignatureFamily, SignatureInfo } from './x509/signature-algorithm.ts'
