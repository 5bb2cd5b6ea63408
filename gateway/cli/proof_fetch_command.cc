// heyan proof fetch: a proof from a node, written as the verifier reads it.
#include <fmt/format.h>

#include <set>

#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/fetched_proof.h"
#include "gateway/cli/nodes_file.h"
#include "gateway/cli/programs.h"
#include "gateway/os/write_file.h"
#include "gateway/proof_fetch/chainmaker.h"
#include "gateway/proof_fetch/fisco_bcos.h"
#include "verifier/core/json.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

namespace fs = std::filesystem;
using catalogue::Language;
using proof_fetch::Bundle;
using proof_fetch::Step;

Trouble unknown_ledger(const ops::Nodes& nodes, std::string_view id) {
  std::string known;
  for (const ops::Node& node : nodes.nodes)
    known += (known.empty() ? "" : ", ") + core::visible(node.ledger);
  return {.status = ExitStatus::kUsage,
          .what = "no node is named for the ledger " + core::visible(id),
          .defects = {},
          .remedy = "Nodes are named for: " + known + "."};
}

std::string_view words_of(Step step, Language language) {
  switch (step) {
    case Step::kTransaction:
      return say(language, "正在获取交易…", "Asking for the transaction…");
    case Step::kReceipt:
      return say(language, "正在获取回执…", "Asking for the receipt…");
    case Step::kHeader:
      return say(language, "正在获取区块头…", "Asking for the block header…");
    case Step::kBlock:
      return say(language, "正在获取交易所在区块…", "Asking for the block of the transaction…");
    case Step::kCheck:
      return say(language, "正在检查…", "Checking…");
  }
  return {};
}

std::string found(const Bundle& bundle, Language language) {
  std::string text = fmt::format(fmt::runtime(say(language, "区块 {}，交易位置 {}，签名 {} 个",
                                                  "Block {}, transaction {}, signatures: {}")),
                                 bundle.block, bundle.position, bundle.signatures);
  if (bundle.signers != 0) {
    text += fmt::format(fmt::runtime(say(language, "（区块自称共识节点 {} 个）",
                                         " (the block itself names {} sealers)")),
                        bundle.signers);
  }
  text += say(language, "。哈希、路径与回执相互一致。", ". Hashes, path and result hold together.");
  if (!bundle.succeeded) {
    text += say(language, "\n该交易在链上执行失败：不能证明任何记录。",
                "\nThe transaction FAILED on the chain: it proves no record.");
  }
  if (!bundle.is_cosigned) {
    text += say(language, "\n区块未附各节点的投票：就此而言没有机构共同签名。",
                "\nThe block came without votes: as it is, no institutions signed together.");
  }
  return text;
}

std::string not_verified(Language language) {
  return std::string(
      say(language,
          "这还不是核验：签名者是否为本院信任的机构，未经信任列表确认。请用 --trust "
          "指定信任列表，或放入案件后运行 heyan verify。",
          "This is not a verification yet: whether the signers are whom this court believes, only "
          "its trust list\ntells. Name it with --trust FILE, or put the proof into a case and run "
          "heyan verify."));
}

std::string verified(const v1::Attestation& attestation, const trust::TrustList& list,
                     Language language) {
  std::set<std::string> institutions;
  for (const v1::Signature& signature : attestation.signatures()) {
    if (signature.counted() && signature.quorum()) institutions.insert(signature.institution());
  }
  const std::string reasons =
      core::visible(fmt::format("{}", fmt::join(attestation.ledger_reasons(), ", ")), 1000);
  std::string text =
      fmt::format(fmt::runtime(say(language, "依信任列表 {}（第 {} 版）：{}",
                                   "By trust list {} (version {}): {}")),
                  core::visible(list.id), list.version,
                  is_established(attestation)
                      ? say(language, "链上证明成立", "the chain proof holds")
                      : say(language, "链上证明尚不成立", "the chain proof does not hold"));
  text += fmt::format(
      fmt::runtime(say(language, "；计入机构 {}/{}：{}", "; institutions {} of {}: {}")),
      institutions.size(), attestation.quorum().required(),
      core::visible(fmt::format("{}", fmt::join(institutions, ", ")), 1000));
  if (!reasons.empty()) text += fmt::format(" [{}]", reasons);
  return text + std::string(say(language, "。证据文件尚未比对：请运行 heyan verify。",
                                ". No evidence was compared: run heyan verify for that."));
}

std::string for_case_json(const Bundle& bundle, const ProofFetchOptions& options) {
  core::json::Value hints;
  hints.set("transaction", options.transaction);
  core::json::Value proof;
  proof.set("format", bundle.format)
      .set("ledger", options.ledger)
      .set("path",
           "proofs/" + (options.out.empty() ? "proof.json" : options.out.filename().string()))
      .set("hints", std::move(hints));
  return std::string(say(options.language, "写入 case.json：", "For case.json: ")) +
         core::visible(core::json::write_canonical(proof), 1000);
}

class Fetching {
 public:
  Fetching(const ProofFetchOptions& options, Console& console)
      : options_(options), console_(console) {}

  std::expected<ExitStatus, Trouble> run() {
    HEYAN_CHECK_OK(check_out());
    HEYAN_TRY(const ops::Nodes nodes, load_nodes(options_.nodes));
    const ops::Node* node = nodes.find(options_.ledger);
    if (node == nullptr) return std::unexpected(unknown_ledger(nodes, options_.ledger));
    HEYAN_TRY(const LoadedTrust trust, load_trust(options_.trust));
    const trust::LedgerEntry* entry = nullptr;
    if (!options_.trust.empty()) {
      HEYAN_TRY(entry, find_ledger(trust.list, options_.ledger,
                                   node->is_grpc() ? "chainmaker" : "fisco-bcos"));
    }
    HEYAN_TRY(const Bundle bundle, fetch(*node));
    bool good = bundle.succeeded && bundle.is_cosigned;
    std::string verdict = not_verified(options_.language);
    if (entry != nullptr) {
      HEYAN_TRY(const v1::Attestation attestation,
                judge_fetched(bundle, options_.transaction, *entry, trust.list, now()));
      good = is_established(attestation);
      verdict = verified(attestation, trust.list, options_.language);
    }
    HEYAN_CHECK_OK(write(bundle));
    console_.talk(found(bundle, options_.language));
    console_.talk(verdict);
    console_.talk(for_case_json(bundle, options_));
    return good ? ExitStatus::kOk : ExitStatus::kOpen;
  }

 private:
  static Trouble is_there(const fs::path& out) {
    return {
        .status = ExitStatus::kUsage,
        .what = core::visible(out.string(), 1000) + ": there is such a file; it was not touched",
        .defects = {},
        .remedy = "Name another file with --out."};
  }

  std::expected<void, Trouble> check_out() const {
    std::error_code error;
    if (!options_.out.empty() && fs::exists(fs::symlink_status(options_.out, error)))
      return std::unexpected(is_there(options_.out));
    return {};
  }

  std::expected<Bundle, Trouble> fetch(const ops::Node& node) {
    auto egress = proof_fetch::Egress::start(programs() / "heyan-egress", options_.nodes, node);
    if (!egress) return std::unexpected(trouble_of(std::move(egress).error()));
    const proof_fetch::Ask ask = [&](core::ByteView question) { return (*egress)->ask(question); };
    const proof_fetch::Progress progress = [this](Step step) {
      console_.show_progress(words_of(step, options_.language));
    };
    const auto* fisco = std::get_if<ops::FiscoNode>(&node.chain);
    auto bundle = fisco != nullptr
                      ? proof_fetch::fetch_fisco(*fisco, options_.transaction, ask, progress)
                      : proof_fetch::fetch_chainmaker(std::get<ops::ChainmakerNode>(node.chain),
                                                      options_.transaction, now(), ask, progress);
    console_.show_progress("");
    if (bundle) return *std::move(bundle);
    const bool usage = bundle.error().code == core::ErrorCode::kUnknown;
    Trouble trouble = trouble_of(std::move(bundle).error());
    if (usage) trouble.status = ExitStatus::kUsage;
    return std::unexpected(std::move(trouble));
  }

  std::expected<void, Trouble> write(const Bundle& bundle) {
    if (options_.out.empty()) {
      if (console_.data(bundle.bytes)) return {};
      return std::unexpected(
          Trouble{.status = ExitStatus::kInputOutput,
                  .what = "standard output cannot be written",
                  .defects = {},
                  .remedy = "Check the disk, or the program that reads from it."});
    }
    const auto written = os::write_new(options_.out, bundle.bytes, os::Privacy::kUsual);
    if (written) return {};
    if (written.error().code == core::ErrorCode::kDuplicate)
      return std::unexpected(is_there(options_.out));
    return std::unexpected(
        trouble_of(written.error(), options_.out.string(), "Name another file with --out."));
  }

  const ProofFetchOptions& options_;
  Console& console_;
};

}  // namespace

ExitStatus run(const ProofFetchOptions& options, Console& console) {
  const auto status = Fetching(options, console).run();
  return status ? *status : report_trouble(status.error(), console);
}

}  // namespace heyan::cli
