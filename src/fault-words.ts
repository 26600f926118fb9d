/** What is wrong with bytes, or with a handshake, in Chinese: paths and terms of ASN.1 and TLS stay as they are. */

/** The whole sentence. `path` and `offset` as DecodeError has them; the path may name a line. */
export function faultInChinese(reason: string, path: string, offset = 0): string {
  const place = path.replaceAll(': ', '：').replace(/ line (\d+)(?=：|$)/, ' 第 $1 行')
  return `${place}${offset > 0 ? ` 偏移 ${offset} 字节处` : ''}：${reasonInChinese(reason)}`
}

/** A whole message of DecodeError or ProtocolViolation, as reports and saved observations keep it. */
export function messageInChinese(message: string): string {
  const colon = message.indexOf(': ')
  const end = / at byte (\d+)$/.exec(message)
  if (colon < 0 || !end) return reasonInChinese(message)
  return faultInChinese(
    message.slice(colon + 2, end.index),
    message.slice(0, colon),
    Number(end[1]),
  )
}

/** As it is where nobody has put it into Chinese: what other programs say. */
export function reasonInChinese(reason: string): string {
  for (const [form, words] of Object.entries(reasonWords())) {
    const filled = fillingOf(form, reason)
    if (filled) return words.replaceAll('{}', () => filled.shift() ?? '')
  }
  return reason
}

/** What stands in the gaps of a form; null for a text of another form. */
function fillingOf(form: string, text: string): string[] | null {
  const [start = '', ...parts] = form.split('{}')
  if (parts.length === 0) return text === form ? [] : null
  if (!text.startsWith(start)) return null
  const filling: string[] = []
  let at = start.length
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1
    const end = isLast ? text.length - part.length : text.indexOf(part, at)
    if (end < at || !text.startsWith(part, end)) return null
    filling.push(text.slice(at, end))
    at = end + part.length
  }
  return filling
}

/**
 * Every reason by its form, `{}` for what is filled in, in the same order in both languages; of several forms that fit
 * the first one counts. A function, so that a start does not pay for what few runs say.
 */
export function reasonWords(): Readonly<Record<string, string>> {
  return {
    // Bytes, and what encloses others.
    '{} bytes expected, {} left': '应有 {} 字节，仅剩 {} 字节',
    '{} bytes of content expected, {} left': '内容应有 {} 字节，仅剩 {} 字节',
    '{} bytes too many': '末尾多出 {} 字节',
    missing: '缺少该元素',
    truncated: '数据被截断',
    empty: '内容为空',
    'too large': '文件过大',
    'cut off': '内容不完整',
    'not hexadecimal': '不是十六进制',
    'more than {} MiB': '超过 {} MiB',
    'more than {} characters': '超过 {} 个字符',
    'more than {} elements': '超过 {} 个元素',

    // DER.
    '{} expected, {} found': '应为 {}，实为 {}',
    'SEQUENCE expected': '应为 SEQUENCE',
    'INTEGER expected': '应为 INTEGER',
    'BIT STRING expected': '应为 BIT STRING',
    'BIT STRING of whole octets expected': '应为整字节的 BIT STRING',
    'OCTET STRING expected': '应为 OCTET STRING',
    'NULL expected': '应为 NULL',
    'ENUMERATED of one octet expected': '应为单字节的 ENUMERATED',
    'GeneralizedTime expected': '应为 GeneralizedTime',
    'UTCTime or GeneralizedTime expected': '应为 UTCTime 或 GeneralizedTime',
    'nested too deeply': '嵌套层数过多',
    'tag number above 30': '标签号大于 30',
    '{} is constructed': '{} 不应使用构造式编码',
    '{} is not constructed': '{} 应使用构造式编码',
    'end-of-contents octets': '出现了 DER 不允许的内容结束标记',
    'indefinite length': '使用了 DER 不允许的不定长编码',
    'length of {} octets': '长度字段多达 {} 字节',
    'length is not minimal': '长度字段不是最短编码',
    'BOOLEAN must be 00 or FF': 'BOOLEAN 只能是 00 或 FF',
    'INTEGER without content': 'INTEGER 没有内容',
    'INTEGER is padded': 'INTEGER 含有多余的前导字节',
    'INTEGER is negative': 'INTEGER 为负数',
    'INTEGER is too large': 'INTEGER 过大',
    'OBJECT IDENTIFIER without content': 'OBJECT IDENTIFIER 没有内容',
    'OBJECT IDENTIFIER is too long': 'OBJECT IDENTIFIER 过长',
    'OBJECT IDENTIFIER is cut off': 'OBJECT IDENTIFIER 不完整',
    'arc of the OBJECT IDENTIFIER is padded': 'OBJECT IDENTIFIER 的分量含有多余的前导字节',
    'BIT STRING without content': 'BIT STRING 没有内容',
    'number of unused bits is impossible': 'BIT STRING 的未用位数不合法',
    'unused bits are not zero': 'BIT STRING 的未用位不为 0',
    'trailing zero bits': 'BIT STRING 末尾有多余的 0 位',
    'SET OF is not in order': 'SET OF 的元素未按 DER 规定的顺序排列',
    'FALSE is the default: left out in DER': 'FALSE 是默认值，DER 中应省略',

    // Files with certificates and keys.
    'neither PEM nor DER': '既不是 PEM，也不是 DER',
    'PKCS#12: a password is needed to open it': '这是 PKCS#12 文件，需要密码才能打开',
    'more than {} blocks': '超过 {} 个 PEM 块',
    '{} has no END line': '{} 块没有对应的 END 行',
    'something that is not base64': '含有 Base64 以外的字符',
    'base64 is cut off': 'Base64 内容不完整',
    'block is empty': 'PEM 块为空',
    'more than {} certificates': '超过 {} 张证书',
    'content of type {}': '内容类型 {} 不符合要求',
    'no encrypted content': '没有加密的内容',
    'an octet string of something else': 'OCTET STRING 中混有其他元素',
    'a primitive value without a length': '基本类型的值没有长度',
    'length of more than 4 bytes': '长度字段超过 4 字节',
    'more than {} rounds of key derivation': '密钥派生超过 {} 轮',
    'no rounds of key derivation': '密钥派生的轮数为 0',
    'key derivation {}': '不支持的密钥派生算法 {}',
    'pseudorandom function {}': '不支持的伪随机函数 {}',
    'cipher {}': '不支持的加密算法 {}',
    'not as long as a block': '长度与加密分组不符',
    'cannot be decrypted ({})': '无法解密（{}）',
    'the key cannot be read ({})': '无法解析私钥（{}）',

    // Certificates.
    'certificate of {} bytes': '证书长达 {} 字节',
    'certificate version {}': '证书版本 {} 不受支持',
    'version 1 is the default: left out in DER': '版本 1 是默认值，DER 中应省略',
    'extensions in a version {} certificate': '版本 {} 的证书不应带有扩展',
    'unique identifier in a version {} certificate': '版本 {} 的证书带有唯一标识符',
    'AlgorithmIdentifier is no SEQUENCE': 'AlgorithmIdentifier 不是 SEQUENCE',
    'RSASSA-PSS-params is no SEQUENCE': 'RSASSA-PSS-params 不是 SEQUENCE',
    'parameters of an RSA key are not NULL': 'RSA 密钥的参数不是 NULL',
    'EC key without a named curve': 'EC 密钥没有使用命名曲线',
    '{} key with parameters': '{} 密钥不应带有参数',
    '{} key of a wrong length': '{} 密钥的长度不正确',
    'Name is no SEQUENCE': 'Name 不是 SEQUENCE',
    'relative distinguished name is empty': '相对可分辨名称（RDN）为空',
    'not ASCII': '含有 ASCII 以外的字符',
    'not UTF-8': '不是有效的 UTF-8',
    'no character of Unicode': '含有 Unicode 中没有的字符',
    'BMPString of odd length': 'BMPString 的长度不是 2 的倍数',
    'UniversalString of odd length': 'UniversalString 的长度不是 4 的倍数',
    'time is malformed': '时间格式不正确',
    'time is not in the form YYYYMMDDHHMMSSZ': '时间格式不是 YYYYMMDDHHMMSSZ',
    'time without seconds': '时间没有写出秒',
    'time with a fraction of a second': '时间带有秒的小数部分',
    'time that is not Zulu': '时间不是以 Z 结尾的 UTC 时间',
    'GeneralizedTime before 2050': '2050 年之前的时间应使用 UTCTime，而不是 GeneralizedTime',
    'no such moment in the calendar': '日期或时间不存在',
    'no such time zone': '时区不存在',

    // Extensions.
    'no extension in Extensions': 'Extensions 中没有任何扩展',
    'no GeneralName': '不是 GeneralName',
    'no name in GeneralNames': 'GeneralNames 中没有任何名称',
    'no DistributionPointName': '不是 DistributionPointName',
    'no distribution point': '没有列出任何分发点',
    'neither a name nor a CRL issuer': '既没有名称，也没有 CRL 颁发者',
    'no access description': '没有列出任何 AccessDescription',
    'no usage at all': '没有列出任何密钥用途',
    'no key purpose': '没有列出任何扩展密钥用途',
    'no TLS feature': '没有列出任何 TLS 特性',
    'no policy': '没有列出任何策略',
    'no policy mapping': '没有列出任何策略映射',
    'policy {} stands twice': '策略 {} 重复出现',
    'policy constraints are empty': '策略约束为空',
    'pathLenConstraint without cA': '有 pathLenConstraint，却没有 cA',
    'neither permitted nor excluded subtrees': '既没有允许的子树，也没有排除的子树',
    'no subtree': '没有列出任何子树',
    'minimum is not 0': 'minimum 不为 0',
    'minimum 0 is the default: left out in DER': 'minimum 的默认值 0 在 DER 中应省略',
    'maximum is present': '不应出现 maximum',
    'issuer and serial go together': '颁发者与序列号必须同时出现',
    'more than {} timestamps': '超过 {} 个时间戳',
    'no timestamp': '没有时间戳',

    // Revocation.
    'CRL of {} bytes': '吊销列表长达 {} 字节',
    'CRL of version 1': '吊销列表的版本为 1',
    'CRL version is not 2': '吊销列表的版本不是 2',
    'CRL without an authority key identifier': '吊销列表缺少颁发机构密钥标识符',
    'CRL without a number': '吊销列表缺少编号',
    'CRL number is critical': '吊销列表的编号不应标记为关键',
    '{} is not critical': '{} 没有标记为关键',
    'OCSP response of {} bytes': 'OCSP 响应长达 {} 字节',
    'OCSP version is not 1': 'OCSP 的版本不是 1',
    'successful, but without a response': '状态为 successful，却没有响应内容',
    'an error with a response': '状态为错误，却带有响应内容',
    'no OCSPResponseStatus': '不是 OCSPResponseStatus',
    'no basic OCSP response': '不是 BasicOCSPResponse',
    'no ResponderID': '不是 ResponderID',
    'no CertStatus': '不是 CertStatus',

    // What servers and clients send, and captures of it.
    'no TLS handshake record': '不是 TLS 握手记录',
    'an empty handshake record': '握手记录为空',
    'a handshake message that is no ClientHello': '握手消息不是 ClientHello',
    'an SSL 2.0 hello, which no client of today sends':
      '这是 SSL 2.0 的握手，如今的客户端都不会发送',
    'the ClientHello is cut short': 'ClientHello 不完整',
    'a ClientHello of {} bytes': 'ClientHello 长达 {} 字节',
    'a ClientHello in over {} records': 'ClientHello 被拆成了超过 {} 个记录',
    'no suites or no compression methods': '没有加密套件，或没有压缩方法',
    'over 32 bytes': '超过 32 字节',
    'no host_name': '不是 host_name',
    'an empty name': '名称为空',
    'an empty certificate': '证书为空',
    'an empty response': '响应为空',
    'unknown status type {}': '未知的状态类型 {}',
    'neither bytes nor a hex dump': '既不是原始字节，也不是十六进制转储',
    'a hex dump whose offsets do not count its bytes': '十六进制转储中的偏移与字节数不符',
    'a pcap header of less than 24 bytes': 'pcap 文件头不足 24 字节',
    'a pcapng section of no byte order': 'pcapng 区段没有标明字节序',
    'a pcapng block of {} bytes': 'pcapng 块的长度 {} 不合法',
    'a packet of no interface': '数据包没有对应的接口',
    'a packet longer than its block': '数据包超出了所在的块',
    'a header of {} bytes': '头部只有 {} 字节',
    'too many pieces to put together': '需要拼接的分段过多',

    // JSON: observations, imports, lists of logs.
    'no JSON ({})': '不是有效的 JSON（{}）',
    'text expected': '应为字符串',
    'number expected': '应为数值',
    'true or false expected': '应为 true 或 false',
    'bytes expected': '应为字节数据',
    'list expected': '应为数组',
    'object expected': '应为对象',
    'one of {} expected': '只能是 {}',
    'a size expected': '应为非负整数',
    'time expected': '应为时间',
    'a line of more than {} MiB': '有一行超过 {} MiB',
    'cut off or changed': '文件不完整，或已被改动',
    'not as long as it says': '长度与其中注明的不符',
    'cannot be unpacked ({})': '无法解压（{}）',
    'more than {} logs': '超过 {} 个日志',
    'the same log twice': '同一日志重复出现',
    'unknown state {}': '未知的状态 {}',
    'is not the SHA-256 of the key': '不是该密钥的 SHA-256',
    'ends before it begins': '结束时间早于开始时间',

    // Lists of roots and intermediates.
    'no column holds certificates': '没有哪一列存放证书',
    'neither roots of a store nor intermediates': '既不是某个根证书库的根证书，也不是中间证书',
    'no certificate': '没有证书',
    'no SHA-256 fingerprint': '没有 SHA-256 指纹',
    'a certificate that is not the one its SHA-256 names': '证书与注明的 SHA-256 不符',
    'a certificate that ends before it begins': '证书的到期时间早于生效时间',
    'a private key has no place among certificates': '证书文件中不应有私钥',
    '{} is no CA': '{} 不是 CA 证书',
    '{} fields for {} columns': '有 {} 个字段，却只有 {} 列',
    'more than {} fields': '超过 {} 个字段',
    'more than {} rows': '超过 {} 行',
    'a quote that is never closed': '引号没有闭合',
    'something after a closing quote': '右引号之后还有内容',
    'no version_major': '没有 version_major',
    'an anchor without sha256_hex': '有信任锚缺少 sha256_hex',
    'more than {} words': '超过 {} 个词',
    'a value without a name': '值的前面没有名称',
    'a brace without a name': '花括号的前面没有名称',
    'a brace that closes nothing': '右花括号没有对应的左花括号',
    'a brace too many': '多出一个花括号',
    '{} is not expected': '此处不应出现 {}',

    // Handshakes.
    'a record of type {}': '记录的类型为 {}',
    'a record of another version': '记录的版本前后不一',
    'a record too long': '记录过长',
    'a record of padding alone': '记录中只有填充',
    'a record that does not decrypt': '记录无法解密',
    'a malformed ChangeCipherSpec': 'ChangeCipherSpec 格式不正确',
    'a message across a change of keys': '消息跨越了密钥的切换',
    'endless records that bring nothing': '不断发送没有内容的记录',
    'over 1 MiB received': '收到的数据超过 1 MiB',
    '{} where {} belongs': '收到 {}，而此处应为 {}',
    'a second HelloRetryRequest': '第二次发送了 HelloRetryRequest',
    'a HelloRetryRequest that changes nothing': 'HelloRetryRequest 没有要求任何改变',
    'a HelloRetryRequest for {}, whose share it had':
      'HelloRetryRequest 索要 {}，而其 key share 已经发送',
    'a ServerHello that departs from its HelloRetryRequest':
      'ServerHello 与之前的 HelloRetryRequest 不一致',
    'ServerHello has no key share': 'ServerHello 缺少 key share',
    'legacy version {}': 'legacy_version 为 {}',
    'supported_versions for {}': 'supported_versions 选择了 {}',
    'a session id that is not ours': '会话 ID 与客户端发送的不同',
    'a session id over 32 bytes': '会话 ID 超过 32 字节',
    'a session resumed that nobody has': '恢复了并不存在的会话',
    'an empty cookie': 'cookie 为空',
    'both ALPN and NPN': '同时使用了 ALPN 与 NPN',
    'ec_point_formats without the uncompressed one': 'ec_point_formats 中没有未压缩格式',
    'renegotiation_info in a first handshake': '首次握手的 renegotiation_info 不为空',
    'extension {} in ServerHello': 'ServerHello 中不应有扩展 {}',
    'extension {} in EncryptedExtensions': 'EncryptedExtensions 中不应有扩展 {}',
    'extension {} before TLS 1.3': 'TLS 1.3 之前的版本中不应有扩展 {}',
    'extension {} twice': '扩展 {} 重复出现',
    'a request context during the handshake': '握手中的 CertificateRequest 不应带有 context',
    'a request context in a server certificate': '服务器的 Certificate 不应带有 context',
    'CertificateRequest has no signature_algorithms':
      'CertificateRequest 缺少 signature_algorithms',
    'a Certificate message without certificates': 'Certificate 消息中没有证书',
    'a certificate message of {} bytes': 'Certificate 消息长达 {} 字节',
    'Certificate does not unpack by {}': 'Certificate 无法按 {} 解压',
    'over {} certificates': '超过 {} 张证书',
    "the leaf's key cannot be read": '无法解析站点证书的公钥',
    '{} with a key of {}': '{} 与 {} 密钥不匹配',
    'a key share that is not of {}': 'key share 不属于 {}',
    'a Diffie-Hellman value that is not of its group': 'Diffie-Hellman 公开值不属于所用的组',
    'the key exchange is not signed by the leaf': '密钥交换不是用站点证书的密钥签名的',
    'Finished does not match': 'Finished 校验不符',
    'group {} was not offered': '客户端未提供密钥交换组 {}',
    'a curve of type {} was not offered': '客户端未提供类型为 {} 的曲线',
    'a key share of {} was not offered': '客户端未提供 {} 的 key share',
    'extension {} was not offered': '客户端未提供扩展 {}',
    'protocol {} was not offered': '客户端未提供协议 {}',
    'compression {} was not offered': '客户端未提供压缩方法 {}',
    'certificate compression {} was not offered': '客户端未提供证书压缩算法 {}',
    'compression {} in TLS 1.3': 'TLS 1.3 中不应使用压缩方法 {}',

    // What would fit others too.
    '{} was not offered': '客户端未提供 {}',
    '{} of {} bytes': '{} 长达 {} 字节',
    '{} twice': '{} 重复出现',
    '{} in TLS 1.3': 'TLS 1.3 不允许 {}',
    '{} in {}': '{} 不适用于 {}',
  }
}
