/**
 * @description An opportunity has each Microsoft solution once, whoever saves it: a seller in the page or the related
 * list, the Cosell server, a data import.
 */
trigger CosellSolution on Microsoft_Solution__c(before insert, before update) {
    CosellSolutionKeys.fill(Trigger.new);
}
