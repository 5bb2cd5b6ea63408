#include "gateway/cli/jws_words.h"

#include "gateway/cli/mistaken_file.h"

namespace heyan::cli {

catalogue::Text fault_sentence(report::JwsFault fault) {
  using report::JwsFault;
  switch (fault) {
    case JwsFault::kNone:
      return {};
    case JwsFault::kNotJson:
      return {
          "这不是已签名的报告；请指定法院给出的 report.jws，或者 heyan verify --format jws "
          "写出的文件。",
          "This is not a signed report; name report.jws as the court gave it, or the file that "
          "`heyan verify --format jws` wrote."};
    case JwsFault::kMembers:
      return {
          "其中有报告不应有的成员或者缺少成员；文件可能被其他程序改写过，或者不是已签名的报告。"
          "请重新取得法院给出的 report.jws，不要用其他程序打开后另存。",
          "It has a member that no signed report has, or lacks one: another program may have "
          "written it anew, or it is not a signed report. Get report.jws again as the court gave "
          "it, and do not save it from another program."};
    case JwsFault::kBase64:
      return {
          "报告的编码有误，可能在传送中受损；请重新取得该文件。",
          "The report is not encoded as it must be; it may have been damaged on its way: obtain "
          "the file again."};
    case JwsFault::kPayload:
      return {"签名的内容不是规范形式的报告。",
              "What was signed is not a report in its one canonical form."};
    case JwsFault::kHeader:
      return {
          "签名的头部含有报告不应有的内容，或者不是规范形式。",
          "The head of a signature is not in its canonical form, or holds something that reports "
          "never hold."};
    case JwsFault::kAlgorithm:
      return {"签名算法不是报告所用的算法，或者与证书的密钥不符。",
              "A signature names an algorithm that reports do not use, or another one than that of "
              "its certificate's key."};
    case JwsFault::kSignatureSet:
      return {
          "报告应当恰有两个签名（ES256 和 SM2），现有的多于、少于或者不同于这两个。",
          "A report carries exactly two signatures, ES256 and SM2; here one is missing, doubled "
          "or another."};
    case JwsFault::kHeadersDiffer:
      return {"两个签名所称的时间或者日志位置不同。",
              "The two signatures state different times or places in the report log."};
    case JwsFault::kCertificate:
      return {
          "签发者的证书无法读取、不成链，或者签名时不在有效期内。",
          "A certificate of the issuer cannot be read, does not chain, or was not valid when it "
          "signed."};
    case JwsFault::kSignature:
      return {"签名与报告内容不符。", "A signature does not fit the report."};
    case JwsFault::kEnginesDisagree:
      return {"两套密码实现对一个签名的判断不同；请运行 heyan selftest，并告知系统管理员。",
              "Two cryptographic libraries disagree on a signature; run `heyan selftest`, and tell "
              "the operator of this system."};
    case JwsFault::kBudget:
      return {"报告要求验证的签名过多。",
              "The report asks for more verifications than are allowed."};
  }
  return {};
}

catalogue::Text fault_sentence(report::JwsFault fault, core::ByteView document) {
  if (fault == report::JwsFault::kNotJson || fault == report::JwsFault::kMembers) {
    if (const auto mistaken = mistaken_file(document)) return sentence_of(*mistaken);
  }
  return fault_sentence(fault);
}

}  // namespace heyan::cli
