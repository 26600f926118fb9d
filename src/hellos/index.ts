// Written from the folder listing by test/registry.test.ts: `npm test -- -u` writes it anew.
import type { Hello } from '../hello.ts'
import android_4_4_ from './android-4.4.ts'
import android_5_0_ from './android-5.0.ts'
import android_6_0_ from './android-6.0.ts'
import android_7_0_ from './android-7.0.ts'
import android_7_1_1_ from './android-7.1.1.ts'
import android_8_1_ from './android-8.1.ts'
import android_11_12_ from './android-11-12.ts'
import android_13_14_ from './android-13-14.ts'
import chrome_62_ from './chrome-62.ts'
import chrome_70_ from './chrome-70.ts'
import chrome_79_ from './chrome-79.ts'
import chrome_83_92_ from './chrome-83-92.ts'
import chrome_96_ from './chrome-96.ts'
import chrome_101_ from './chrome-101.ts'
import chrome_120_ from './chrome-120.ts'
import chromium_137_ from './chromium-137.ts'
import chromium_156_ from './chromium-156.ts'
import curl_7_88_ from './curl-7.88.ts'
import ecdsa_leaf_ from './ecdsa-leaf.ts'
import edge_133_ from './edge-133.ts'
import firefox_137_ from './firefox-137.ts'
import ios_9_ from './ios-9.ts'
import ios_9_ats_ from './ios-9-ats.ts'
import ios_10_ from './ios-10.ts'
import ios_11_ from './ios-11.ts'
import ios_12_1_ from './ios-12.1.ts'
import ios_12_2_ from './ios-12.2.ts'
import ios_13_ from './ios-13.ts'
import ios_14_ from './ios-14.ts'
import ios_15_4_17_ from './ios-15.4-17.ts'
import ios_18_4_ from './ios-18.4.ts'
import ios_26_4_ from './ios-26.4.ts'
import java_8u161_ from './java-8u161.ts'
import java_11_ from './java-11.ts'
import java_17_21_ from './java-17-21.ts'
import java_17_0_15_ from './java-17.0.15.ts'
import large_ from './large.ts'
import large_in_two_ from './large-in-two.ts'
import no_name_ from './no-name.ts'
import openssl_1_1_1d_ from './openssl-1.1.1d.ts'
import openssl_3_0_ from './openssl-3.0.ts'
import openssl_3_5_ from './openssl-3.5.ts'
import openssl_4_0_ from './openssl-4.0.ts'
import python_3_ from './python-3.ts'
import resumption_ from './resumption.ts'
import rsa_leaf_ from './rsa-leaf.ts'
import schannel_win10_ from './schannel-win10.ts'
import small_again_ from './small-again.ts'
import tls_1_0_ from './tls-1.0.ts'
import tls_1_1_ from './tls-1.1.ts'
import tls_1_2_ from './tls-1.2.ts'
import tls_1_3_ from './tls-1.3.ts'
import unknown_name_ from './unknown-name.ts'
import weak_suites_ from './weak-suites.ts'

export type HelloId =
  | 'android-4.4'
  | 'android-5.0'
  | 'android-6.0'
  | 'android-7.0'
  | 'android-7.1.1'
  | 'android-8.1'
  | 'android-11-12'
  | 'android-13-14'
  | 'chrome-62'
  | 'chrome-70'
  | 'chrome-79'
  | 'chrome-83-92'
  | 'chrome-96'
  | 'chrome-101'
  | 'chrome-120'
  | 'chromium-137'
  | 'chromium-156'
  | 'curl-7.88'
  | 'ecdsa-leaf'
  | 'edge-133'
  | 'firefox-137'
  | 'ios-9'
  | 'ios-9-ats'
  | 'ios-10'
  | 'ios-11'
  | 'ios-12.1'
  | 'ios-12.2'
  | 'ios-13'
  | 'ios-14'
  | 'ios-15.4-17'
  | 'ios-18.4'
  | 'ios-26.4'
  | 'java-8u161'
  | 'java-11'
  | 'java-17-21'
  | 'java-17.0.15'
  | 'large'
  | 'large-in-two'
  | 'no-name'
  | 'openssl-1.1.1d'
  | 'openssl-3.0'
  | 'openssl-3.5'
  | 'openssl-4.0'
  | 'python-3'
  | 'resumption'
  | 'rsa-leaf'
  | 'schannel-win10'
  | 'small-again'
  | 'tls-1.0'
  | 'tls-1.1'
  | 'tls-1.2'
  | 'tls-1.3'
  | 'unknown-name'
  | 'weak-suites'

export const hellos: Readonly<Record<HelloId, Hello>> = {
  'android-4.4': android_4_4_,
  'android-5.0': android_5_0_,
  'android-6.0': android_6_0_,
  'android-7.0': android_7_0_,
  'android-7.1.1': android_7_1_1_,
  'android-8.1': android_8_1_,
  'android-11-12': android_11_12_,
  'android-13-14': android_13_14_,
  'chrome-62': chrome_62_,
  'chrome-70': chrome_70_,
  'chrome-79': chrome_79_,
  'chrome-83-92': chrome_83_92_,
  'chrome-96': chrome_96_,
  'chrome-101': chrome_101_,
  'chrome-120': chrome_120_,
  'chromium-137': chromium_137_,
  'chromium-156': chromium_156_,
  'curl-7.88': curl_7_88_,
  'ecdsa-leaf': ecdsa_leaf_,
  'edge-133': edge_133_,
  'firefox-137': firefox_137_,
  'ios-9': ios_9_,
  'ios-9-ats': ios_9_ats_,
  'ios-10': ios_10_,
  'ios-11': ios_11_,
  'ios-12.1': ios_12_1_,
  'ios-12.2': ios_12_2_,
  'ios-13': ios_13_,
  'ios-14': ios_14_,
  'ios-15.4-17': ios_15_4_17_,
  'ios-18.4': ios_18_4_,
  'ios-26.4': ios_26_4_,
  'java-8u161': java_8u161_,
  'java-11': java_11_,
  'java-17-21': java_17_21_,
  'java-17.0.15': java_17_0_15_,
  'large': large_,
  'large-in-two': large_in_two_,
  'no-name': no_name_,
  'openssl-1.1.1d': openssl_1_1_1d_,
  'openssl-3.0': openssl_3_0_,
  'openssl-3.5': openssl_3_5_,
  'openssl-4.0': openssl_4_0_,
  'python-3': python_3_,
  'resumption': resumption_,
  'rsa-leaf': rsa_leaf_,
  'schannel-win10': schannel_win10_,
  'small-again': small_again_,
  'tls-1.0': tls_1_0_,
  'tls-1.1': tls_1_1_,
  'tls-1.2': tls_1_2_,
  'tls-1.3': tls_1_3_,
  'unknown-name': unknown_name_,
  'weak-suites': weak_suites_,
}
