#include "gateway/cli/log_words.h"

#include <algorithm>
#include <array>
#include <span>

#include "gateway/cli/console.h"

namespace heyan::cli {
namespace {

struct Words {
  std::string_view word;
  std::string_view zh;
  std::string_view en;
};

constexpr std::array kFindings = {
    Words{"signature", "检查点没有这把密钥的有效签名",
          "the checkpoint bears no valid signature of this key"},
    Words{"origin", "检查点属于另一个日志", "the checkpoint is of another log"},
    Words{"root", "全部条目得不出检查点的根哈希",
          "the entries do not lead to the checkpoint's root"},
    Words{"entries-missing", "缺少条目文件，其后的内容无法核对",
          "a file of entries is missing; nothing after it can be checked"},
    Words{"entries-malformed", "条目文件无法读取，其后的内容无法核对",
          "a file of entries does not read; nothing after it can be checked"},
    Words{"tile-missing", "缺少哈希文件", "a file of hashes is missing"},
    Words{"tile-differs", "哈希文件与条目不符", "a file of hashes is not that of the entries"},
    Words{"older-shrunk", "日志比先前保存的检查点更短",
          "the log is shorter than the checkpoint that was kept"},
    Words{"older-forked", "日志的开头与先前保存的检查点不符",
          "the log does not begin as the checkpoint that was kept says"},
    Words{"leaf-grammar", "不是报告日志的条目", "it is no entry of a report log"},
    Words{"leaf-beginning", "日志须以且仅以首条说明日志本身",
          "the first entry, and no other, must name the log"},
    Words{"leaf-origin", "首条所称的日志与检查点不符",
          "the first entry names another log than the checkpoint"},
    Words{"leaf-time", "时间早于前一条", "its time is before that of the entry before it"},
    Words{"leaf-future", "末尾条目的时间晚于核对之时；请先核对本机时钟",
          "its last time is later than this audit; look at this machine's clock first"},
    Words{"reference-absent", "所引条目不存在或在其后",
          "it refers to an entry that is not there or comes later"},
    Words{"reference-kind", "所引条目属于另一类", "it refers to an entry of another kind"},
    Words{"succession-order", "较早的报告取代了较晚的报告",
          "an older report supersedes a newer one"},
    Words{"succession-twice", "同一报告被再次取代或撤回，或同一次提交被再次删除",
          "a report is superseded or withdrawn once more, or a submission deleted once more"},
    Words{"succession-other", "取代的是另一次提交的报告",
          "it supersedes a report of another submission"},
    Words{"report-second", "同一次收件已有报告，而本报告未取代它",
          "its intake had a report before, which it does not supersede"},
    Words{"reference-earlier-log", "引用了更早的日志，而本日志并未承接任何日志",
          "it refers to an earlier log, and this one follows none"},
    Words{"report-deleted", "所引收件的文件与案件记录此前已删除",
          "the files and the case record of its intake were deleted before"},
};

constexpr std::array kKinds = {
    Words{"log", "日志首条", "beginning of the log"},
    Words{"intake", "收件", "intake"},
    Words{"report", "报告", "report"},
    Words{"supersession", "取代", "supersession"},
    Words{"withdrawal", "撤回", "withdrawal"},
    Words{"audit", "审计记录链头", "head of an audit trail"},
    Words{"deletion", "删除", "deletion"},
};

std::string_view find(std::span<const Words> table, std::string_view word,
                      catalogue::Language language) {
  const auto found = std::ranges::find(table, word, &Words::word);
  return found == table.end() ? word : say(language, found->zh, found->en);
}

}  // namespace

std::string_view log_finding(std::string_view word, catalogue::Language language) {
  return find(kFindings, word, language);
}

std::string_view log_kind(std::string_view kind, catalogue::Language language) {
  return find(kKinds, kind, language);
}

}  // namespace heyan::cli
