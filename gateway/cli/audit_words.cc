#include "gateway/cli/audit_words.h"

#include <algorithm>
#include <array>

#include "gateway/cli/console.h"

namespace heyan::cli {
namespace {

struct Words {
  std::string_view word;
  std::string_view zh;
  std::string_view en;
};

constexpr std::array kFindings = std::to_array<Words>({
    {"malformed", "不是审计记录，或写法不同；其后无法核对",
     "it is no record, or is spelled otherwise; nothing after it can be checked"},
    {"sequence", "编号不是下一个；其后无法核对",
     "its number is not the next; nothing after it can be checked"},
    {"sha256", "所含 SHA-256 不是前一条的；其后无法核对",
     "its SHA-256 is not that of the record before it; nothing after it can be checked"},
    {"sm3", "所含 SM3 不是前一条的；其后无法核对",
     "its SM3 is not that of the record before it; nothing after it can be checked"},
    {"time", "时间早于前一条，且无记录说明时钟回退；其后无法核对",
     "its time is before that of the record before it, and no record says that the clock went "
     "back; nothing after it can be checked"},
    {"writer", "由另一程序写成；其后无法核对",
     "another program wrote it; nothing after it can be checked"},
    {"segment-name", "文件名不是其首条记录的编号", "its file is not named by its first record"},
    {"segment-trail", "文件属于另一条审计记录", "its file is of another trail"},
    {"segment-missing", "缺少一个文件；其后无法核对",
     "a file is missing; nothing after it can be checked"},
    {"segment-unreadable", "文件无法读取；其后无法核对",
     "a file does not read; nothing after it can be checked"},
    {"unfinished-line", "中间的文件末尾不完整；其后无法核对",
     "a file before the last ends in the middle of a line; nothing after it can be checked"},
    {"empty", "文件中没有完整记录；其后无法核对",
     "a file holds no whole record; nothing after it can be checked"},
    {"removed-unsaid", "更早的记录不见了，而无记录说明已按期限删除",
     "earlier records are gone, and no record says that their time was over"},
    {"kept-too-short", "所记保存期限短于六个月", "records were kept for less than six months"},
    {"head-differs", "报告日志中这条记录的链头不同", "the report log has another head of it"},
    {"head-beyond", "报告日志中有其后的链头：末尾的记录被删去",
     "the report log has a head from beyond the end: records at the end are gone"},
    {"head-order", "报告日志中的链头倒退或重复",
     "heads in the report log go back or stand there twice"},
    {"head-writer", "报告日志称由另一程序写成",
     "the report log says that another program wrote it"},
    {"head-future", "记录的时间晚于报告日志收到其链头的时间",
     "its time is later than when the report log had its head"},
    {"future", "记录的时间晚于核对之时", "its time has not come yet, by the clock of this machine"},
});

}  // namespace

std::string_view audit_finding(std::string_view word, catalogue::Language language) {
  const auto* const found = std::ranges::find(kFindings, word, &Words::word);
  return found == kFindings.end() ? word : say(language, found->zh, found->en);
}

}  // namespace heyan::cli
