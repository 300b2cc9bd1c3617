/**
 * The words of the preview, in the user's language: who will see the deal, what is sent, what stays. Apart from the others, as nothing else
 * says them.
 */
import AUDIENCE_CO_SELL from '@salesforce/label/c.Cosell_Audience_Co_Sell';
import AUDIENCE_PRIVATE from '@salesforce/label/c.Cosell_Audience_Private';
import AUDIENCE_VISIBLE from '@salesforce/label/c.Cosell_Audience_Visible';
import FIELD_CAMPAIGN from '@salesforce/label/c.Cosell_Field_Campaign';
import FIELD_EXPECTED_REVENUE from '@salesforce/label/c.Cosell_Field_Expected_Revenue';
import FIELD_FORECAST from '@salesforce/label/c.Cosell_Field_Forecast';
import FIELD_LEAD_SOURCE from '@salesforce/label/c.Cosell_Field_Lead_Source';
import FIELD_NEXT_STEP from '@salesforce/label/c.Cosell_Field_Next_Step';
import FIELD_PROBABILITY from '@salesforce/label/c.Cosell_Field_Probability';
import FIELD_TYPE from '@salesforce/label/c.Cosell_Field_Type';
import PREVIEW_ADDRESS from '@salesforce/label/c.Cosell_Preview_Address';
import PREVIEW_AFTER from '@salesforce/label/c.Cosell_Preview_After';
import PREVIEW_AFTER_CHANGE from '@salesforce/label/c.Cosell_Preview_After_Change';
import PREVIEW_ALSO from '@salesforce/label/c.Cosell_Preview_Also';
import PREVIEW_AREA from '@salesforce/label/c.Cosell_Preview_Area';
import PREVIEW_BEFORE from '@salesforce/label/c.Cosell_Preview_Before';
import PREVIEW_BEFORE_CHANGE from '@salesforce/label/c.Cosell_Preview_Before_Change';
import PREVIEW_CHANGES from '@salesforce/label/c.Cosell_Preview_Changes';
import PREVIEW_CODES from '@salesforce/label/c.Cosell_Preview_Codes';
import PREVIEW_CONSENT_CONTACT from '@salesforce/label/c.Cosell_Preview_Consent_Contact';
import PREVIEW_CONTACT from '@salesforce/label/c.Cosell_Preview_Contact';
import PREVIEW_CUSTOMER from '@salesforce/label/c.Cosell_Preview_Customer';
import PREVIEW_DEAL from '@salesforce/label/c.Cosell_Preview_Deal';
import PREVIEW_FIELD from '@salesforce/label/c.Cosell_Preview_Field';
import PREVIEW_ID from '@salesforce/label/c.Cosell_Preview_Id';
import PREVIEW_INTENT from '@salesforce/label/c.Cosell_Preview_Intent';
import PREVIEW_KEPT from '@salesforce/label/c.Cosell_Preview_Kept';
import PREVIEW_NAME from '@salesforce/label/c.Cosell_Preview_Name';
import PREVIEW_NO from '@salesforce/label/c.Cosell_Preview_No';
import PREVIEW_NO_CHANGES from '@salesforce/label/c.Cosell_Preview_No_Changes';
import PREVIEW_PEOPLE from '@salesforce/label/c.Cosell_Preview_People';
import PREVIEW_PLAY from '@salesforce/label/c.Cosell_Preview_Play';
import PREVIEW_PRIVATE from '@salesforce/label/c.Cosell_Preview_Private';
import PREVIEW_ROLE from '@salesforce/label/c.Cosell_Preview_Role';
import PREVIEW_STAGE from '@salesforce/label/c.Cosell_Preview_Stage';
import PREVIEW_STAYS from '@salesforce/label/c.Cosell_Preview_Stays';
import PREVIEW_STAYS_PEOPLE from '@salesforce/label/c.Cosell_Preview_Stays_People';
import PREVIEW_STAYS_RELATED from '@salesforce/label/c.Cosell_Preview_Stays_Related';
import PREVIEW_STAYS_REST from '@salesforce/label/c.Cosell_Preview_Stays_Rest';
import PREVIEW_TEAM from '@salesforce/label/c.Cosell_Preview_Team';
import PREVIEW_TO_MICROSOFT from '@salesforce/label/c.Cosell_Preview_To_Microsoft';
import PREVIEW_YES from '@salesforce/label/c.Cosell_Preview_Yes';

/** Every label by its short name. */
export const PREVIEW_LABELS = Object.freeze({
    fieldProbability: FIELD_PROBABILITY,
    fieldExpectedRevenue: FIELD_EXPECTED_REVENUE,
    fieldForecast: FIELD_FORECAST,
    fieldNextStep: FIELD_NEXT_STEP,
    fieldLeadSource: FIELD_LEAD_SOURCE,
    fieldType: FIELD_TYPE,
    fieldCampaign: FIELD_CAMPAIGN,
    previewBefore: PREVIEW_BEFORE,
    previewAfter: PREVIEW_AFTER,
    previewKept: PREVIEW_KEPT,
    previewPrivate: PREVIEW_PRIVATE,
    previewChanges: PREVIEW_CHANGES,
    previewBeforeChange: PREVIEW_BEFORE_CHANGE,
    previewAfterChange: PREVIEW_AFTER_CHANGE,
    previewField: PREVIEW_FIELD,
    previewNoChanges: PREVIEW_NO_CHANGES,
    previewDeal: PREVIEW_DEAL,
    previewName: PREVIEW_NAME,
    previewCustomer: PREVIEW_CUSTOMER,
    previewTeam: PREVIEW_TEAM,
    previewPeople: PREVIEW_PEOPLE,
    previewContact: PREVIEW_CONTACT,
    previewAddress: PREVIEW_ADDRESS,
    previewToMicrosoft: PREVIEW_TO_MICROSOFT,
    previewStays: PREVIEW_STAYS,
    previewStaysRelated: PREVIEW_STAYS_RELATED,
    previewStaysPeople: PREVIEW_STAYS_PEOPLE,
    previewStaysRest: PREVIEW_STAYS_REST,
    audiencePrivate: AUDIENCE_PRIVATE,
    audienceVisible: AUDIENCE_VISIBLE,
    audienceCoSell: AUDIENCE_CO_SELL,
    previewAlso: PREVIEW_ALSO,
    previewArea: PREVIEW_AREA,
    previewCodes: PREVIEW_CODES,
    previewConsentContact: PREVIEW_CONSENT_CONTACT,
    previewId: PREVIEW_ID,
    previewIntent: PREVIEW_INTENT,
    previewNo: PREVIEW_NO,
    previewPlay: PREVIEW_PLAY,
    previewRole: PREVIEW_ROLE,
    previewStage: PREVIEW_STAGE,
    previewYes: PREVIEW_YES
});
