#include "gateway/bundle/read_me.h"

#include "gateway/bundle/parts.h"

namespace heyan::bundle {
namespace {

using catalogue::Language;
using catalogue::Text;

constexpr Text kTitle{"核验报告复核包\n", "A verification report, to be re-checked\n"};
constexpr Text kSigned{
    "\n本压缩包是一份已签名的核验报告，以及它所依据的全部材料。\n",
    "\nThis archive holds a signed verification report and everything that it rests on.\n"};
constexpr Text kCopy{
    "\n本压缩包是一份已签名的核验报告的当事人副本，以及可以交给当事人的链上证明。\n"
    "有的链上证明是整个区块，含有他人的交易，不在本包内；复核这些项目，需要法院或者鉴定人持有的复核"
    "包"
    "。\n",
    "\nThis archive holds a party's copy of a signed verification report, with the proofs that a "
    "party may\nhold. Some proofs are whole blocks with other people's transactions, and are not "
    "here: to judge those\nagain takes the bundle that the court or an expert has.\n"};
constexpr Text kUnsigned{
    "\n本包未签名：结果由命令行作出，不是任何法院出具的报告。它只说明所列结果可以由所附记录重新得出"
    "。\n",
    "\nNobody signed this: the result was made at a command line and no court issued it. All it "
    "shows "
    "is\nthat the result follows from the record that lies beside it.\n"};
constexpr Text kFiles{"\n文件：\n", "\nFiles:\n"};
constexpr Text kSources{
    "  trust-list/, policy/  "
    "所用的信任名单和策略，逐字节原样（没有该文件夹的，未使用或者使用内置默认值）\n"
    "  manifest.json  其余每个文件的大小和 SHA-256\n",
    "  trust-list/, policy/  the trust list and policy, byte for byte as used (no such folder: "
    "none, "
    "or\n                 the one built in)\n"
    "  manifest.json  size and SHA-256 of every other file\n"};
constexpr Text kProof{"  log-proof.txt  report.jws 内所附的日志证明（C2SP tlog-proof）\n",
                      "  log-proof.txt  the log proof of report.jws by itself (C2SP tlog-proof)\n"};
constexpr Text kCheckSigned{
    "\n复核（不需要网络；证书和日志公钥请从法院取得，不要使用随报告一起收到的）：\n\n",
    "\nTo re-check it without a network (take certificates and log key from the court, not from "
    "whoever\nsent the report):\n\n"};
constexpr Text kCheckUnsigned{"\n复核（不需要网络）：\n\n",
                              "\nTo re-check it without a network:\n\n"};
constexpr std::string_view kCommandSigned =
    "  heyan-verify BUNDLE.zip --key report-es256.cert.pem --key report-sm2.cert.pem \\\n"
    "    --key seal-es256.cert.pem --key xml-es256.cert.pem --log log.vkey\n"
    "  heyan report verify BUNDLE.zip ...\n";
constexpr std::string_view kCommandUnsigned =
    "  heyan-verify BUNDLE.zip\n"
    "  heyan report verify BUNDLE.zip\n";
constexpr Text kByHand{
    "\n程序核对每个文件、签名和日志证明，再由记录重新判断，并与报告逐字节比较。\n"
    "包内的信任名单不因在包内而可信：它只须是报告所称的那一份。\n"
    "不使用本程序时，可先核对清单：\n\n",
    "\nThe program checks every file, signatures and log proof, then judges the record again and "
    "compares\nthe result with the report, byte for byte. The trust list is not believed because "
    "it "
    "lies here: it\nonly has to be the one that the report names. Without the program, begin with "
    "the manifest:\n\n"};
constexpr Text kByHandCopy{
    "\n程序核对每个文件、签名和日志证明，再由所附证明重新判断，并与已签名的报告逐项比较；\n"
    "哪些项目未能在此重新判断、为什么，也一并说明。\n"
    "包内的信任名单不因在包内而可信：它只须是报告所称的那一份。\n"
    "不使用本程序时，可先核对清单：\n\n",
    "\nThe program checks every file, signatures and log proof, judges again from the proofs that "
    "are here,\nand compares each result with the signed report; it says which could not be judged "
    "again here, and\nwhy. The trust list is not believed because it lies here: it only has to be "
    "the one that the report\nnames. Without the program, begin with the manifest:\n\n"};
constexpr std::string_view kByHandCommand =
    "  jq -r '.files[] | .sha256 + \"  \" + .path' manifest.json | sha256sum --check --strict\n";

const Text& opening(const Bundle& bundle) {
  if (bundle.is_partys()) return kCopy;
  return bundle.envelope.empty() ? kUnsigned : kSigned;
}

std::string in(Language language, const Bundle& bundle, bool has_log_proof) {
  const bool is_signed = !bundle.envelope.empty();
  std::string text(kTitle.in(language));
  text += opening(bundle).in(language);
  text += kFiles.in(language);
  for (const Part& part : parts()) {
    if ((bundle.*part.content).empty()) continue;
    text.append("  ").append(part.name).append("  ").append(part.about.in(language)).append("\n");
  }
  if (has_log_proof) text += kProof.in(language);
  text += kSources.in(language);
  text += (is_signed ? kCheckSigned : kCheckUnsigned).in(language);
  text += is_signed ? kCommandSigned : kCommandUnsigned;
  text += (bundle.is_partys() ? kByHandCopy : kByHand).in(language);
  return text + std::string(kByHandCommand);
}

}  // namespace

std::string read_me(const Bundle& bundle, bool has_log_proof) {
  return in(Language::kChinese, bundle, has_log_proof) + "\n\n" +
         in(Language::kEnglish, bundle, has_log_proof);
}

}  // namespace heyan::bundle
