// Written from the folder listing by test/registry.test.ts: `npm test -- -u` writes it anew.
import type { Platform } from '../platform.ts'
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
import cronet_pq_ from './cronet-pq.ts'
import devtools_ from './devtools.ts'
import devtools_pq_ from './devtools-pq.ts'
import harmony_5_0_ from './harmony-5.0.ts'
import harmony_5_0_3_ from './harmony-5.0.3.ts'
import harmony_6_0_ from './harmony-6.0.ts'
import harmony_6_0_0_2_ from './harmony-6.0.0.2.ts'
import harmony_6_1_ from './harmony-6.1.ts'
import harmony_7_0_ from './harmony-7.0.ts'
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

export type PlatformId =
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
  | 'cronet-pq'
  | 'devtools'
  | 'devtools-pq'
  | 'harmony-5.0'
  | 'harmony-5.0.3'
  | 'harmony-6.0'
  | 'harmony-6.0.0.2'
  | 'harmony-6.1'
  | 'harmony-7.0'
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

export const platforms: Readonly<Record<PlatformId, Platform>> = {
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
  'cronet-pq': cronet_pq_,
  'devtools': devtools_,
  'devtools-pq': devtools_pq_,
  'harmony-5.0': harmony_5_0_,
  'harmony-5.0.3': harmony_5_0_3_,
  'harmony-6.0': harmony_6_0_,
  'harmony-6.0.0.2': harmony_6_0_0_2_,
  'harmony-6.1': harmony_6_1_,
  'harmony-7.0': harmony_7_0_,
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
}
