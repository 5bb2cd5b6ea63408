#include "court_adapters/china/catalogue_columns.h"

#include <algorithm>
#include <string>
#include <utility>

namespace heyan::court_adapters::china {
namespace {

constexpr auto kNames = std::to_array<std::pair<std::string_view, Column>>({
    {"序号", Column::kNumber},
    {"编号", Column::kNumber},
    {"证据序号", Column::kNumber},
    {"证据编号", Column::kNumber},
    {"number", Column::kNumber},
    {"证据名称", Column::kName},
    {"名称", Column::kName},
    {"证据", Column::kName},
    {"name", Column::kName},
    {"证据种类", Column::kKind},
    {"种类", Column::kKind},
    {"证据类型", Column::kKind},
    {"证据形式", Column::kKind},
    {"形式/种类", Column::kKind},
    {"kind", Column::kKind},
    {"电子数据类型", Column::kSubKind},
    {"证据子类", Column::kSubKind},
    {"subkind", Column::kSubKind},
    {"证据来源", Column::kSource},
    {"来源", Column::kSource},
    {"来源/形成时间", Column::kSource},
    {"证据来源/形成时间", Column::kSource},
    {"source", Column::kSource},
    {"证明目的", Column::kPurpose},
    {"证明对象", Column::kPurpose},
    {"证明内容", Column::kPurpose},
    {"证明事项", Column::kPurpose},
    {"待证事实", Column::kPurpose},
    {"证明对象和内容", Column::kPurpose},
    {"purpose", Column::kPurpose},
    {"页码", Column::kPages},
    {"页数", Column::kPages},
    {"起止页码", Column::kPages},
    {"pages", Column::kPages},
    {"份数", Column::kCopies},
    {"copies", Column::kCopies},
    {"原件/复制件", Column::kOriginal},
    {"原件/复印件", Column::kOriginal},
    {"原件或复制件", Column::kOriginal},
    {"是否原件", Column::kOriginal},
    {"original", Column::kOriginal},
    {"文件名", Column::kFile},
    {"文件名称", Column::kFile},
    {"文件", Column::kFile},
    {"附件", Column::kFile},
    {"附件名称", Column::kFile},
    {"file", Column::kFile},
    {"哈希算法", Column::kAlgorithm},
    {"摘要算法", Column::kAlgorithm},
    {"杂凑算法", Column::kAlgorithm},
    {"hashalgorithm", Column::kAlgorithm},
    {"哈希值", Column::kDigest},
    {"哈希", Column::kDigest},
    {"摘要值", Column::kDigest},
    {"杂凑值", Column::kDigest},
    {"hash", Column::kDigest},
    {"存证平台", Column::kPlatform},
    {"存证机构", Column::kPlatform},
    {"platform", Column::kPlatform},
    {"存证编号", Column::kRecord},
    {"存证号", Column::kRecord},
    {"storagenumber", Column::kRecord},
    {"存证时间", Column::kTime},
    {"上链时间", Column::kTime},
    {"storagetime", Column::kTime},
    {"链标识", Column::kLedger},
    {"区块链标识", Column::kLedger},
    {"链id", Column::kLedger},
    {"chainid", Column::kLedger},
    {"区块链交易哈希", Column::kTransaction},
    {"交易哈希", Column::kTransaction},
    {"上链哈希", Column::kTransaction},
    {"transactionhash", Column::kTransaction},
    {"区块高度", Column::kHeight},
    {"blockheight", Column::kHeight},
});

std::string plain(std::string_view name) {
  constexpr auto kReplaced = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"／", "/"}, {"\u3000", ""}, {"\u00A0", ""}, {" ", ""}, {"\t", ""}, {"\r", ""}, {"\n", ""}});
  std::string out(name);
  for (const auto& [from, to] : kReplaced) {
    for (std::size_t at = 0; (at = out.find(from, at)) != std::string::npos; at += to.size()) {
      out.replace(at, from.size(), to);
    }
  }
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

}  // namespace

std::optional<Column> column_by_name(std::string_view name) {
  constexpr std::size_t kMostBytes = 128;
  if (name.size() > kMostBytes) return std::nullopt;
  const auto* found =
      std::ranges::find(kNames, plain(name), &std::pair<std::string_view, Column>::first);
  if (found == kNames.end()) return std::nullopt;
  return found->second;
}

std::string_view name_of(Column column) {
  return std::ranges::find(kNames, column, &std::pair<std::string_view, Column>::second)->first;
}

}  // namespace heyan::court_adapters::china
