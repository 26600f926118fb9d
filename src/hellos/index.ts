// Written from the folder listing by test/registry.test.ts: `npm test -- -u` writes it anew.
import type { Hello } from '../hello.ts'
import android_7_0_ from './android-7.0.ts'
import android_7_1_1_ from './android-7.1.1.ts'
import android_8_1_ from './android-8.1.ts'
import android_11_12_ from './android-11-12.ts'
import android_13_14_ from './android-13-14.ts'
import chrome_83_92_ from './chrome-83-92.ts'
import chrome_101_ from './chrome-101.ts'
import chromium_156_ from './chromium-156.ts'
import ecdsa_leaf_ from './ecdsa-leaf.ts'
import ios_12_2_ from './ios-12.2.ts'
import ios_13_ from './ios-13.ts'
import ios_14_ from './ios-14.ts'
import ios_15_4_17_ from './ios-15.4-17.ts'
import ios_18_4_ from './ios-18.4.ts'
import ios_26_4_ from './ios-26.4.ts'
import large_ from './large.ts'
import large_in_two_ from './large-in-two.ts'
import no_name_ from './no-name.ts'
import openssl_1_1_1d_ from './openssl-1.1.1d.ts'
import resumption_ from './resumption.ts'
import rsa_leaf_ from './rsa-leaf.ts'
import tls_1_0_ from './tls-1.0.ts'
import tls_1_1_ from './tls-1.1.ts'
import tls_1_2_ from './tls-1.2.ts'
import tls_1_3_ from './tls-1.3.ts'
import unknown_name_ from './unknown-name.ts'
import weak_suites_ from './weak-suites.ts'

export type HelloId =
  | 'android-7.0'
  | 'android-7.1.1'
  | 'android-8.1'
  | 'android-11-12'
  | 'android-13-14'
  | 'chrome-83-92'
  | 'chrome-101'
  | 'chromium-156'
  | 'ecdsa-leaf'
  | 'ios-12.2'
  | 'ios-13'
  | 'ios-14'
  | 'ios-15.4-17'
  | 'ios-18.4'
  | 'ios-26.4'
  | 'large'
  | 'large-in-two'
  | 'no-name'
  | 'openssl-1.1.1d'
  | 'resumption'
  | 'rsa-leaf'
  | 'tls-1.0'
  | 'tls-1.1'
  | 'tls-1.2'
  | 'tls-1.3'
  | 'unknown-name'
  | 'weak-suites'

export const hellos: Readonly<Record<HelloId, Hello>> = {
  'android-7.0': android_7_0_,
  'android-7.1.1': android_7_1_1_,
  'android-8.1': android_8_1_,
  'android-11-12': android_11_12_,
  'android-13-14': android_13_14_,
  'chrome-83-92': chrome_83_92_,
  'chrome-101': chrome_101_,
  'chromium-156': chromium_156_,
  'ecdsa-leaf': ecdsa_leaf_,
  'ios-12.2': ios_12_2_,
  'ios-13': ios_13_,
  'ios-14': ios_14_,
  'ios-15.4-17': ios_15_4_17_,
  'ios-18.4': ios_18_4_,
  'ios-26.4': ios_26_4_,
  'large': large_,
  'large-in-two': large_in_two_,
  'no-name': no_name_,
  'openssl-1.1.1d': openssl_1_1_1d_,
  'resumption': resumption_,
  'rsa-leaf': rsa_leaf_,
  'tls-1.0': tls_1_0_,
  'tls-1.1': tls_1_1_,
  'tls-1.2': tls_1_2_,
  'tls-1.3': tls_1_3_,
  'unknown-name': unknown_name_,
  'weak-suites': weak_suites_,
}
