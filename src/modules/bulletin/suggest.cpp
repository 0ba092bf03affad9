#include "bulletin/suggest.h"

#include <algorithm>
#include <array>

namespace ballast::bulletin {
namespace {

struct Row {
    std::string_view column;
    std::vector<std::string_view> words;
};
/// What the six columns of the example speak of (domain specification 1.2). [assumed]
const std::array rows{
    Row{"macro",
        {"国务院", "中央", "全国", "部署", "电视电话会议", "印发通知", "指导意见", "调度会", "规划"}},
    Row{"poverty",
        {"返贫", "监测", "脱贫", "帮扶", "就业", "公益性岗位", "公益岗位", "易地搬迁", "搬迁", "低收入",
         "救助"}},
    Row{"industry",
        {"产业", "保险", "承保", "理赔", "贷款", "信贷", "合作社", "种植", "养殖", "果园", "粮食", "订单"}},
    Row{"environment",
        {"人居环境", "厕所", "改厕", "户厕", "垃圾", "污水", "村庄清洁", "保洁", "绿化", "美丽宜居"}},
    Row{"governance",
        {"治理", "党组织", "党建", "法治", "自治", "德治", "乡风文明", "扫黑除恶", "村规民约", "院坝会"}},
    Row{"services",
        {"学校", "教育", "教师", "学生", "幼儿园", "医疗", "卫生室", "养老", "公共服务", "文化站"}},
};

}  // namespace

std::optional<Suggestion> suggested_column(const Article& article) {
    const std::string body = article.body();
    Suggestion best;
    int most = 0, next = 0;
    for (const auto& row : rows) {
        int weight = 0;
        std::vector<std::string> said;
        for (const auto word : row.words) {
            const bool above = article.headline.find(word) != std::string::npos;
            if (!above && body.find(word) == std::string::npos) continue;
            weight += above ? 3 : 1;
            said.emplace_back(word);
        }
        if (weight > most) {
            next = most;
            most = weight;
            best = {std::string(row.column), std::move(said)};
        } else {
            next = std::max(next, weight);
        }
    }
    if (most < 2 || most == next) return {};
    return best;
}

}  // namespace ballast::bulletin
