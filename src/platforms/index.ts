// Written from the folder listing by test/registry.test.ts: `npm test -- -u` writes it anew.
import type { Platform } from '../platform.ts'
import android_4_4_ from './android-4.4.ts'
import android_5_0_ from './android-5.0.ts'
import android_6_0_ from './android-6.0.ts'
import android_7_0_ from './android-7.0.ts'
import android_7_1_1_ from './android-7.1.1.ts'
import android_8_0_ from './android-8.0.ts'
import android_8_1_ from './android-8.1.ts'
import android_9_ from './android-9.ts'
import android_10_ from './android-10.ts'
import android_11_ from './android-11.ts'
import android_12_ from './android-12.ts'
import android_13_ from './android-13.ts'
import android_13_qpr3_ from './android-13-qpr3.ts'
import android_14_ from './android-14.ts'
import android_14_r61_ from './android-14-r61.ts'
import android_15_ from './android-15.ts'
import android_16_ from './android-16.ts'
import android_16_r4_ from './android-16-r4.ts'
import android_17_ from './android-17.ts'
import chrome_62_ from './chrome-62.ts'
import chrome_70_ from './chrome-70.ts'
import chrome_79_ from './chrome-79.ts'
import chrome_87_ from './chrome-87.ts'
import chrome_96_ from './chrome-96.ts'
import chrome_101_ from './chrome-101.ts'
import chrome_120_ from './chrome-120.ts'
import chrome_137_ from './chrome-137.ts'
import chrome_156_ from './chrome-156.ts'
import cronet_pq_ from './cronet-pq.ts'
import curl_ from './curl.ts'
import devtools_ from './devtools.ts'
import devtools_pq_ from './devtools-pq.ts'
import edge_101_ from './edge-101.ts'
import edge_133_ from './edge-133.ts'
import firefox_137_ from './firefox-137.ts'
import harmony_5_0_ from './harmony-5.0.ts'
import harmony_5_0_3_ from './harmony-5.0.3.ts'
import harmony_6_0_ from './harmony-6.0.ts'
import harmony_6_0_0_2_ from './harmony-6.0.0.2.ts'
import harmony_6_1_ from './harmony-6.1.ts'
import harmony_7_0_ from './harmony-7.0.ts'
import ie11_win10_ from './ie11-win10.ts'
import ios_9_ from './ios-9.ts'
import ios_9_ats_ from './ios-9-ats.ts'
import ios_10_ from './ios-10.ts'
import ios_11_ from './ios-11.ts'
import ios_12_ from './ios-12.ts'
import ios_12_2_ from './ios-12.2.ts'
import ios_13_ from './ios-13.ts'
import ios_13_4_ from './ios-13.4.ts'
import ios_14_ from './ios-14.ts'
import ios_14_5_ from './ios-14.5.ts'
import ios_14_6_ from './ios-14.6.ts'
import ios_14_7_ from './ios-14.7.ts'
import ios_15_0_ from './ios-15.0.ts'
import ios_15_1_ from './ios-15.1.ts'
import ios_15_4_ from './ios-15.4.ts'
import ios_16_ from './ios-16.ts'
import ios_16_5_ from './ios-16.5.ts'
import ios_17_ from './ios-17.ts'
import ios_17_4_ from './ios-17.4.ts'
import ios_17_5_ from './ios-17.5.ts'
import ios_18_ from './ios-18.ts'
import ios_18_2_ from './ios-18.2.ts'
import ios_26_ from './ios-26.ts'
import java_8_ from './java-8.ts'
import java_8u161_ from './java-8u161.ts'
import java_11_ from './java-11.ts'
import java_17_ from './java-17.ts'
import java_17_0_15_ from './java-17.0.15.ts'
import openssl_1_1_1_ from './openssl-1.1.1.ts'
import openssl_3_0_ from './openssl-3.0.ts'
import openssl_3_5_ from './openssl-3.5.ts'
import openssl_4_0_ from './openssl-4.0.ts'
import python_ from './python.ts'

export type PlatformId =
  | 'android-4.4'
  | 'android-5.0'
  | 'android-6.0'
  | 'android-7.0'
  | 'android-7.1.1'
  | 'android-8.0'
  | 'android-8.1'
  | 'android-9'
  | 'android-10'
  | 'android-11'
  | 'android-12'
  | 'android-13'
  | 'android-13-qpr3'
  | 'android-14'
  | 'android-14-r61'
  | 'android-15'
  | 'android-16'
  | 'android-16-r4'
  | 'android-17'
  | 'chrome-62'
  | 'chrome-70'
  | 'chrome-79'
  | 'chrome-87'
  | 'chrome-96'
  | 'chrome-101'
  | 'chrome-120'
  | 'chrome-137'
  | 'chrome-156'
  | 'cronet-pq'
  | 'curl'
  | 'devtools'
  | 'devtools-pq'
  | 'edge-101'
  | 'edge-133'
  | 'firefox-137'
  | 'harmony-5.0'
  | 'harmony-5.0.3'
  | 'harmony-6.0'
  | 'harmony-6.0.0.2'
  | 'harmony-6.1'
  | 'harmony-7.0'
  | 'ie11-win10'
  | 'ios-9'
  | 'ios-9-ats'
  | 'ios-10'
  | 'ios-11'
  | 'ios-12'
  | 'ios-12.2'
  | 'ios-13'
  | 'ios-13.4'
  | 'ios-14'
  | 'ios-14.5'
  | 'ios-14.6'
  | 'ios-14.7'
  | 'ios-15.0'
  | 'ios-15.1'
  | 'ios-15.4'
  | 'ios-16'
  | 'ios-16.5'
  | 'ios-17'
  | 'ios-17.4'
  | 'ios-17.5'
  | 'ios-18'
  | 'ios-18.2'
  | 'ios-26'
  | 'java-8'
  | 'java-8u161'
  | 'java-11'
  | 'java-17'
  | 'java-17.0.15'
  | 'openssl-1.1.1'
  | 'openssl-3.0'
  | 'openssl-3.5'
  | 'openssl-4.0'
  | 'python'

export const platforms: Readonly<Record<PlatformId, Platform>> = {
  'android-4.4': android_4_4_,
  'android-5.0': android_5_0_,
  'android-6.0': android_6_0_,
  'android-7.0': android_7_0_,
  'android-7.1.1': android_7_1_1_,
  'android-8.0': android_8_0_,
  'android-8.1': android_8_1_,
  'android-9': android_9_,
  'android-10': android_10_,
  'android-11': android_11_,
  'android-12': android_12_,
  'android-13': android_13_,
  'android-13-qpr3': android_13_qpr3_,
  'android-14': android_14_,
  'android-14-r61': android_14_r61_,
  'android-15': android_15_,
  'android-16': android_16_,
  'android-16-r4': android_16_r4_,
  'android-17': android_17_,
  'chrome-62': chrome_62_,
  'chrome-70': chrome_70_,
  'chrome-79': chrome_79_,
  'chrome-87': chrome_87_,
  'chrome-96': chrome_96_,
  'chrome-101': chrome_101_,
  'chrome-120': chrome_120_,
  'chrome-137': chrome_137_,
  'chrome-156': chrome_156_,
  'cronet-pq': cronet_pq_,
  'curl': curl_,
  'devtools': devtools_,
  'devtools-pq': devtools_pq_,
  'edge-101': edge_101_,
  'edge-133': edge_133_,
  'firefox-137': firefox_137_,
  'harmony-5.0': harmony_5_0_,
  'harmony-5.0.3': harmony_5_0_3_,
  'harmony-6.0': harmony_6_0_,
  'harmony-6.0.0.2': harmony_6_0_0_2_,
  'harmony-6.1': harmony_6_1_,
  'harmony-7.0': harmony_7_0_,
  'ie11-win10': ie11_win10_,
  'ios-9': ios_9_,
  'ios-9-ats': ios_9_ats_,
  'ios-10': ios_10_,
  'ios-11': ios_11_,
  'ios-12': ios_12_,
  'ios-12.2': ios_12_2_,
  'ios-13': ios_13_,
  'ios-13.4': ios_13_4_,
  'ios-14': ios_14_,
  'ios-14.5': ios_14_5_,
  'ios-14.6': ios_14_6_,
  'ios-14.7': ios_14_7_,
  'ios-15.0': ios_15_0_,
  'ios-15.1': ios_15_1_,
  'ios-15.4': ios_15_4_,
  'ios-16': ios_16_,
  'ios-16.5': ios_16_5_,
  'ios-17': ios_17_,
  'ios-17.4': ios_17_4_,
  'ios-17.5': ios_17_5_,
  'ios-18': ios_18_,
  'ios-18.2': ios_18_2_,
  'ios-26': ios_26_,
  'java-8': java_8_,
  'java-8u161': java_8u161_,
  'java-11': java_11_,
  'java-17': java_17_,
  'java-17.0.15': java_17_0_15_,
  'openssl-1.1.1': openssl_1_1_1_,
  'openssl-3.0': openssl_3_0_,
  'openssl-3.5': openssl_3_5_,
  'openssl-4.0': openssl_4_0_,
  'python': python_,
}
