// A declaration on entry through a gate, every question that must be answered answered, and nothing to worry about in it.
import { day } from './support.mjs';

export const said = (linkId, answer) => ({ linkId, answer: [answer] });
export const entry = (gate) => ({
  resourceType: 'QuestionnaireResponse',
  status: 'completed',
  item: [
    {
      linkId: 'journey',
      item: [
        said('subject', { valueCoding: { code: 'vietnamese' } }),
        said('gate', { valueCoding: { code: gate } }),
        said('means', { valueCoding: { code: 'car' } }),
        said('vehicle', { valueString: '74A-123.45' }),
        said('seat', { valueString: '2' }),
        said('departure-date', { valueDate: day(1) }),
        said('arrival-date', { valueDate: day(0) }),
        said('departure-country', { valueString: 'Lào' }),
        said('departure-province', { valueString: 'Savannakhet' }),
        said('arrival-place', { valueString: 'Đông Hà' }),
      ],
    },
    { linkId: 'stop', item: [said('stop-country', { valueString: 'Lào' })] },
    {
      linkId: 'stay',
      item: [
        said('stay-unit', { valueString: 'Đông Hà' }),
        said('stay-address', { valueString: '1 Lê Lợi' }),
        said('contact-address', { valueString: '1 Lê Lợi' }),
        said('wants-sim', { valueBoolean: false }),
        said('quarantine', { valueCoding: { code: 'concentrated' } }),
      ],
    },
    {
      linkId: 'symptoms',
      item: ['fever', 'cough', 'breath', 'throat', 'vomiting', 'diarrhoea', 'bleeding', 'rash'].map((sign) => said(sign, { valueBoolean: false })),
    },
    { linkId: 'exposure', item: [said('animals', { valueBoolean: false }), said('contact-case', { valueBoolean: false })] },
    {
      linkId: 'health',
      item: [
        said('has-chronic', { valueBoolean: false }),
        said('pregnant', { valueCoding: { code: 'no' } }),
        { linkId: 'vaccine', item: [said('vaccine-name', { valueString: 'Không' })] },
        said('tested', { valueBoolean: false }),
      ],
    },
  ],
});
