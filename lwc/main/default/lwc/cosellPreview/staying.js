/**
 * What Microsoft will not see: told from what the rules read. A field that they don't read can't be sent; one that an admin maps is read,
 * and goes out of the list by itself. Of records beside the opportunity they read the contact roles, the team and the solutions alone.
 */
import { PREVIEW_LABELS } from 'c/cosellPreviewLabels';
import { listed } from 'c/cosellFormat';

/** Fields that sellers ask about, by API name; all others come under "every other field". */
const ASKED_ABOUT = {
    Probability: PREVIEW_LABELS.fieldProbability,
    ExpectedRevenue: PREVIEW_LABELS.fieldExpectedRevenue,
    ForecastCategoryName: PREVIEW_LABELS.fieldForecast,
    NextStep: PREVIEW_LABELS.fieldNextStep,
    LeadSource: PREVIEW_LABELS.fieldLeadSource,
    Type: PREVIEW_LABELS.fieldType,
    CampaignId: PREVIEW_LABELS.fieldCampaign
};

/**
 * @param {string[]} sources paths of the fields that the rules read
 * @returns {string[]} in words, one group a line
 */
export function stayingOf(sources) {
    const read = new Set(sources);
    const fields = Object.keys(ASKED_ABOUT).filter((name) => !read.has(name));
    return [
        listed(fields.map((name) => ASKED_ABOUT[name])),
        PREVIEW_LABELS.previewStaysRelated,
        PREVIEW_LABELS.previewStaysPeople,
        PREVIEW_LABELS.previewStaysRest
    ].filter(Boolean);
}
