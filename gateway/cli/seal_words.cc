#include "gateway/cli/seal_words.h"

#include <fmt/format.h>

#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

using catalogue::Text;
using report::SealFault;

std::string_view name_of(SealedFile kind) {
  switch (kind) {
    case SealedFile::kPdf:
      return "PDF";
    case SealedFile::kXml:
      return "XML";
    case SealedFile::kContainer:
      break;
  }
  return "ASiC-S";
}

// {0}: what kind of file; {1}: the certificate of its seal.
Text words_of(SealedFile kind, SealFault fault) {
  switch (fault) {
    case SealFault::kNone:
      return {"{0} 的签章有效，覆盖整个文件，不允许任何更改。以下核对所附的报告；以该报告为准。",
              "The seal of the {0} is valid, covers the whole file and allows no changes. Now the "
              "attached report, which is the original:"};
    case SealFault::kNoSeal:
      return {"不成立：{0} 没有签章。草稿不签名；请从法院取得已签章的文件。",
              "This {0} does not stand: it bears no seal. Drafts are not signed; get the sealed "
              "file from the court."};
    case SealFault::kCoverage:
      return {
          "不成立：签章不覆盖整个文件，文件中有签章之后加入的内容，或者不止一个签名。",
          "This {0} does not stand: its seal does not cover the whole file; something was added "
          "after it, or there is more than one signature."};
    case SealFault::kSignature:
      return {"不成立：签章无法验证，或者不是规定的形式。",
              "This {0} does not stand: its seal does not verify, or is not of the one form."};
    case SealFault::kChanged:
      return {"不成立：文件与签章不符；可能在保存或者传送中有变化，请重新取得。",
              "This {0} does not stand: file and seal do not belong together; it may have changed "
              "while it was kept or sent: get it again."};
    case SealFault::kEnginesDisagree:
      return {"不能确定：两套密码库对签章的判断不同；请运行 heyan selftest。",
              "Undetermined: the two cryptographic libraries disagree on the seal; run heyan "
              "selftest."};
    case SealFault::kIssuerUnknown:
      return {
          "签章内部一致，签发者未知：请用 --key 指定您从法院取得的签章证书"
          "（{1}）。文件内容未读取。",
          "The seal is internally coherent, issuer unknown: name with --key the seal "
          "certificate ({1}) that you have from the court. Nothing of the file "
          "was read."};
    case SealFault::kShape:
      if (kind == SealedFile::kXml) {
        return {"不成立：签章有效，但文件所述与所附报告不同，或者不是规定的形式；请告知法院。",
                "This {0} does not stand: the seal is valid, and the file says something else than "
                "the report within it, or is not of the one form; tell the court."};
      }
      return {
          "不成立：签章有效，但文件含有报告不应有的内容（表单、脚本、图层、批注或者其他）；"
          "请告知法院。",
          "This {0} does not stand: the seal is valid, and the file holds what reports do not "
          "(forms, scripts, layers, notes or other things); tell the court."};
    case SealFault::kAttachments:
      break;
  }
  return {"不成立：所附报告不是签章所指的报告；请告知法院。",
          "This {0} does not stand: the attached report is not the one that the seal names; tell "
          "the court."};
}

}  // namespace

std::string seal_sentence(SealedFile kind, SealFault fault, catalogue::Language language) {
  const bool xml = kind == SealedFile::kXml;
  return fmt::format(fmt::runtime(words_of(kind, fault).in(language)), name_of(kind),
                     xml ? "xml-es256.cert.pem" : "seal-es256.cert.pem") +
         "\n";
}

std::string name_of_sealer(const crypto::Certificate& certificate, catalogue::Language language) {
  const std::vector<std::string> names = certificate.subject_values("CN");
  const Text text{"签章证书：", "Certificate of the seal: "};
  return fmt::format("{}CN \"{}\"\n", text.in(language),
                     names.empty() ? "" : core::visible(names.front()));
}

}  // namespace heyan::cli
