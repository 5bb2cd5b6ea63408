#include "verifier/report/labels.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace heyan::report {
namespace {

using catalogue::Text;

// In the order of the enumeration.
constexpr std::array kLabels = std::to_array<Text>({
    {"电子证据技术核验报告", "Technical verification report on electronic evidence"},
    {"样例信任名单：本报告仅供演示，不得用于任何案件。",
     "Sample trust list: this report is a demonstration and must not be used in any case."},
    {"未提供信任名单，因此不能就任何链上记录得出结论。",
     "No trust list was given, so nothing can be concluded about any ledger record."},
    {"来源不明：没有已签名的报告与所用记录文件绑定，其中的测量值和核实标记均按该文件所载。",
     "Origin unknown: no signed report is bound to the record file used; its measurements, and "
     "what "
     "it says was checked, are as that file has them."},
    {"报告编号", "Report number"},
    {"核验时点", "Judged as of"},
    {"法院", "Court"},
    {"案号", "Case number"},
    {"提交时间", "Filed"},
    {"总体结论", "Overall"},
    {"当事人", "Parties"},
    {"身份标识经法院核实", "identifier checked by the court"},
    {"身份标识未经法院核实", "identifier not checked by the court"},
    {"有关联的机构", "linked institutions"},
    {"各件证据的结论", "Verdict of each item"},
    {"证据", "Item"},
    {"编号", "Id"},
    {"名称", "Name"},
    {"文件", "File"},
    {"字节", "bytes"},
    {"理由与补充办法", "Reasons and next steps"},
    {"没有需要说明的事项。", "Nothing to point out."},
    {"办法", "Next step"},
    {"涉及", "About"},
    {"链上证明", "Ledger proof"},
    {"时间证明（不是链上证明）", "Time proof (no ledger proof)"},
    {"平台出具的材料（不是链上证明）", "Operator's attestation (no ledger proof)"},
    {"材料", "Material"},
    {"成立", "established"},
    {"未成立", "not established"},
    {"位置", "Position"},
    {"区块", "block"},
    {"交易", "transaction"},
    {"链上记录", "Record on the ledger"},
    {"没有从经签名的内容中读到记录。", "No record was read from signed content."},
    {"存证人签名的指纹（是否上链未经核验）",
     "Fingerprint that the depositor signed (whether it stands on a chain is not verified)"},
    {"主体", "who"},
    {"内容", "what"},
    {"时间", "when"},
    {"位置或者网址", "where"},
    {"见证", "Witnesses"},
    {"签名", "Signatures"},
    {"计入", "counted"},
    {"不计入", "not counted"},
    {"有效，属排序等其他角色，不计入机构数",
     "valid in another role (ordering, say), no part of the number"},
    {"与当事人有关联", "linked to a party"},
    {"不在信任名单内的签名人", "a signer that is not on the trust list"},
    {"规定 {0} 家，有效 {1} 家；除去与当事人有关联的机构后 {2} 家",
     "{0} required, {1} valid; {2} without institutions linked to a party"},
    {"记录本身由 {0} 家机构签名；除去与当事人有关联的机构后 {1} 家（另行列示，不计入上述家数）",
     "{0} institutions signed the record itself; {1} without institutions linked to a party (shown "
     "apart, no part of the number above)"},
    {"时间来源", "Source of time"},
    {"由存证方填写，没有独立来源", "stated by the depositor, no independent source"},
    {"不早于", "not before"},
    {"不晚于", "not after"},
    {"所称时间", "stated"},
    {"平台的陈述（照录，未经核验）", "As the operator states (quoted, not verified)"},
    {"平台", "operator"},
    {"链", "chain"},
    {"证书编号", "certificate number"},
    {"存证人", "depositor"},
    {"文件名", "file name"},
    {"文件大小（字节）", "file size (bytes)"},
    {"指纹算法", "fingerprint algorithm"},
    {"指纹", "fingerprint"},
    {"存证时间", "time of deposit"},
    {"交易编号", "transaction id"},
    {"区块高度", "block height"},
    {"返回码", "return code"},
    {"返回信息", "return message"},
    {"已执行并通过的检查", "Checks carried out and passed"},
    {"未通过、不能确定、未执行或者不适用的检查",
     "Checks not passed, undetermined, not performed or not applicable"},
    {"须知", "Please note"},
    {"依据", "Basis"},
    {"信任名单", "Trust list"},
    {"策略", "Policy"},
    {"系统版本", "Software"},
    {"复核方法", "How to re-check"},
    {"保存本案的记录文件（.hcr）后，可用 heyan judge "
     "在离线状态下重新核验；不使用本系统的复核办法见 "
     "docs/re-check-by-hand.md。",
     "With the record file (.hcr) of this case, heyan judge repeats the judgement offline; "
     "docs/re-check-by-hand.md shows how to check without this system."},
    {"陈述", "declared"},
    {"原告", "plaintiff"},
    {"被告", "defendant"},
    {"第三人", "third party"},
    {"代理人", "agent"},
    {"申请人", "applicant"},
    {"被申请人", "respondent"},
    {"其他", "other"},
    {"背书", "endorser"},
    {"排序", "orderer"},
    {"交易发起", "creator of the transaction"},
    {"验证", "validator"},
    {"出块", "proposer of the block"},
    {"见证", "witness"},
    {"机构", "institution"},
    {"跳到正文", "Skip to the report"},
    {"English", "中文"},
    {"载荷指纹（SHA-256）", "Fingerprint of the signed payload (SHA-256)"},
    {"签名人", "signer"},
    {"角色", "role"},
    {"结果", "result"},
});

static_assert(kLabels.size() == static_cast<std::size_t>(Label::kResult) + 1);

}  // namespace

const Text& label(Label label) { return kLabels.at(static_cast<std::size_t>(label)); }

Label tier_label(v1::Tier tier) {
  switch (tier) {
    case v1::TIER_CHAIN_PROOF:
      return Label::kChainProof;
    case v1::TIER_TIME_PROOF:
      return Label::kTimeProof;
    case v1::TIER_OPERATOR_ATTESTATION:
      return Label::kOperatorAttestation;
    default:
      return Label::kUnknownTier;
  }
}

std::optional<Label> declared_label(std::string_view name) {
  struct Row {
    std::string_view name;
    Label label;
  };
  static constexpr std::array kRows = {Row{"operator", Label::kOperator},
                                       Row{"chain", Label::kChain},
                                       Row{"certificateNumber", Label::kCertificateNumber},
                                       Row{"depositor", Label::kDepositor},
                                       Row{"fileName", Label::kFileName},
                                       Row{"fileSize", Label::kFileSize},
                                       Row{"digestAlgorithm", Label::kDigestAlgorithm},
                                       Row{"digest", Label::kDigest},
                                       Row{"depositTime", Label::kDepositTime},
                                       Row{"txId", Label::kTransactionId},
                                       Row{"blockHeight", Label::kBlockHeight},
                                       Row{"txTime", Label::kDepositTime},
                                       Row{"retCode", Label::kReturnCode},
                                       Row{"retMsg", Label::kReturnMessage}};
  const auto row = std::ranges::find(kRows, name, &Row::name);
  return row == kRows.end() ? std::nullopt : std::optional(row->label);
}

std::optional<Label> role_label(v1::Role role) {
  switch (role) {
    case v1::ROLE_PLAINTIFF:
      return Label::kPlaintiff;
    case v1::ROLE_DEFENDANT:
      return Label::kDefendant;
    case v1::ROLE_THIRD_PARTY:
      return Label::kThirdParty;
    case v1::ROLE_AGENT:
      return Label::kAgent;
    case v1::ROLE_APPLICANT:
      return Label::kApplicant;
    case v1::ROLE_RESPONDENT:
      return Label::kRespondent;
    case v1::ROLE_OTHER:
      return Label::kOtherParty;
    default:
      return std::nullopt;
  }
}

std::optional<Label> signer_role_label(std::string_view role) {
  if (role == "ENDORSER") return Label::kEndorser;
  if (role == "ORDERER") return Label::kOrderer;
  if (role == "CREATOR") return Label::kCreator;
  if (role == "VALIDATOR") return Label::kValidator;
  if (role == "PROPOSER") return Label::kProposer;
  if (role == "DEPOSITOR") return Label::kDepositor;
  if (role == "WITNESS") return Label::kWitness;
  return std::nullopt;
}

std::span<const Text> labels() { return kLabels; }

}  // namespace heyan::report
