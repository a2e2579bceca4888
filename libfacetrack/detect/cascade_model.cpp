#include "libfacetrack/detect/cascade_model.h"

#include <algorithm>
#include <opencv2/core.hpp>

namespace facetrack {

namespace {

// OpenCV lowers each stage's threshold by this much when it reads a file.
constexpr float ThresholdSlack = 1e-5F;

void readTree(const cv::FileNode &from, CascadeModel &model)
{
    const cv::FileNode numbers = from["internalNodes"];
    model.trees.push_back({static_cast<int>(model.nodes.size()),
                           static_cast<int>(model.leaves.size())});
    int count = 0;
    for (auto it = numbers.begin(); it != numbers.end(); ++count) {
        CascadeModel::Node node;
        it >> node.left >> node.right >> node.feature;
        if (!model.lbp) {
            it >> node.threshold;
        } else {
            for (std::uint32_t &word : node.subset) {
                int bits = 0;
                it >> bits;
                word = static_cast<std::uint32_t>(bits);
            }
        }
        model.nodes.push_back(node);
    }
    model.stumps = model.stumps && count == 1;
    for (const cv::FileNode &leaf : from["leafValues"])
        model.leaves.push_back(static_cast<float>(leaf));
}

CascadeModel::Block readBlock(const cv::FileNode &from)
{
    CascadeModel::Block block;
    auto it = from.begin();
    it >> block.rect.x >> block.rect.y >> block.rect.width >> block.rect.height;
    if (from.size() > 4)
        it >> block.weight;
    return block;
}

CascadeModel::Feature readFeature(const cv::FileNode &from)
{
    CascadeModel::Feature feature;
    if (!from["rect"].empty()) {
        feature.blocks[0] = readBlock(from["rect"]);
        return feature;
    }
    std::size_t i = 0;
    for (const cv::FileNode &block : from["rects"]) {
        if (i < feature.blocks.size())
            feature.blocks[i++] = readBlock(block);
    }
    feature.tilted = static_cast<int>(from["tilted"]) != 0;
    return feature;
}

void read(const cv::FileNode &cascade, CascadeModel &model)
{
    model.lbp = static_cast<std::string>(cascade["featureType"]) == "LBP";
    model.window = {static_cast<int>(cascade["width"]), static_cast<int>(cascade["height"])};
    for (const cv::FileNode &stage : cascade["stages"]) {
        const int first = static_cast<int>(model.trees.size());
        for (const cv::FileNode &tree : stage["weakClassifiers"])
            readTree(tree, model);
        model.stages.push_back({first, static_cast<int>(model.trees.size()) - first,
                                static_cast<float>(stage["stageThreshold"]) - ThresholdSlack});
    }
    for (const cv::FileNode &feature : cascade["features"]) {
        model.features.push_back(readFeature(feature));
        model.tilted = model.tilted || model.features.back().tilted;
    }
}

/// A block of which every corner, of LBP's nine too, lies in the window.
bool inside(const cv::Rect &r, int across, bool tilted, const cv::Size &window)
{
    if (r.x < 0 || r.y < 0 || r.width < 0 || r.height < 0)
        return false;
    if (tilted)
        return r.x - r.height >= 0 && r.x + r.width <= window.width
               && r.y + r.width + r.height <= window.height;
    return r.x + across * r.width <= window.width && r.y + across * r.height <= window.height;
}

/// A file may be made by anybody: no number in it may lead out of the tables or the window.
bool sound(const CascadeModel &model)
{
    if (model.window.width < 4 || model.window.height < 4 || model.window.width > 100
        || model.window.height > 100 || model.stages.empty() || model.trees.empty())
        return false;
    for (std::size_t t = 0; t < model.trees.size(); ++t) {
        const bool last = t + 1 == model.trees.size();
        const auto nodesEnd = last ? static_cast<int>(model.nodes.size())
                                   : model.trees[t + 1].firstNode;
        const auto leavesEnd = last ? static_cast<int>(model.leaves.size())
                                    : model.trees[t + 1].firstLeaf;
        const int nodes = nodesEnd - model.trees[t].firstNode;
        if (nodes < 1 || leavesEnd - model.trees[t].firstLeaf != nodes + 1)
            return false;
        for (int i = 0; i < nodes; ++i) {
            const auto &node = model.nodes[static_cast<std::size_t>(model.trees[t].firstNode + i)];
            const auto ends = [&](int to) { return to <= 0 ? -to <= nodes : to > i && to < nodes; };
            if (!ends(node.left) || !ends(node.right) || node.feature < 0
                || node.feature >= static_cast<int>(model.features.size()))
                return false;
        }
    }
    return std::all_of(model.features.begin(), model.features.end(), [&](const auto &feature) {
        return std::all_of(feature.blocks.begin(), feature.blocks.end(), [&](const auto &block) {
            return inside(block.rect, model.lbp ? 3 : 1, feature.tilted, model.window);
        });
    });
}

} // namespace

std::optional<CascadeModel> readCascadeModel(const std::filesystem::path &file)
{
    try {
        const cv::FileStorage storage(file.string(), cv::FileStorage::READ);
        if (!storage.isOpened())
            return std::nullopt;
        const cv::FileNode cascade = storage.getFirstTopLevelNode();
        const std::string kind = cascade["featureType"].empty()
                                     ? std::string()
                                     : static_cast<std::string>(cascade["featureType"]);
        if (static_cast<std::string>(cascade["stageType"]) != "BOOST"
            || (kind != "HAAR" && kind != "LBP"))
            return std::nullopt;
        CascadeModel model;
        read(cascade, model);
        if (sound(model))
            return model;
    } catch (const cv::Exception &) {
        // A broken file: OpenCV's own classifier says so to the operator.
    }
    return std::nullopt;
}

} // namespace facetrack
